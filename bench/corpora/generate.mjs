/** `node bench/corpora/generate.mjs app-log 1024`, `… all 1024`, `… copies 1024 10`: makes corpora and prints their paths. */
import { CORPUS_NAMES, ensureCorpus, ensureShiftedCopies } from './corpora.mjs';

const [name, mib = '1024', copies = '2'] = process.argv.slice(2);
if (name === 'all') {
  for (const each of CORPUS_NAMES) console.log(ensureCorpus(each, Number(mib)));
} else if (name === 'copies') {
  console.log(ensureShiftedCopies(Number(copies), Number(mib)));
} else if (CORPUS_NAMES.includes(name)) {
  console.log(ensureCorpus(name, Number(mib)));
} else {
  console.error(`Which one? ${CORPUS_NAMES.join(', ')}, all, copies`);
  process.exitCode = 1;
}
