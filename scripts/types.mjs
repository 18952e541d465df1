/** The compiler over every part of the project, each with the globals of the place where it runs. */
import { ensureInstalled } from './install.mjs';
import { isProgram, runTool } from './project.mjs';

// TypeScript 7 does the checking. The package called `typescript` is 6, only for tools that need its JavaScript API.
const COMPILER = '@typescript/native/bin/tsc';
const PARTS = ['engine', 'page', 'workers', 'node', 'tests'];

/** @returns {Promise<boolean>} whether all parts are right; the compiler has printed what is not */
export async function checkTypes() {
  const codes = await Promise.all(PARTS.map((part) => runTool(COMPILER, ['--noEmit', '-p', `tsconfig.${part}.json`])));
  return codes.every((code) => code === 0);
}

if (isProgram(import.meta.url)) {
  await ensureInstalled();
  process.exitCode = (await checkTypes()) ? 0 : 1;
}
