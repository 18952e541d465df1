/** Words that tell whether a word is part of what a message says or a name that it mentions. English, as most logs are. */

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Answers: where only these take turns, each says something of its own. */
export const ANSWER_WORDS = words(`
  true false yes no on off ok null nil none undefined enabled disabled enable disable success failure
`);

/** Words that glue a sentence together; a pattern of nothing else says nothing. */
export const GLUE_WORDS = words(`
  a an the of to in on at by for from with and or as is are was were be been it its this that these those has have had
  not no do does did will would can could may into onto out up down via per than then so if but over under
`);

/** What messages are made of; names are rarely among them. Stems: see `isLogWord`. */
const LOG_WORDS = words(`
  abort accept access account acquire action activate active add address admit after again agent alert alive all allocate allow
  already alter announce any app application apply argument array ask assert assign associate async attach attempt audit
  authenticate authorize auto available await back backup bad balance base batch become before begin being between bind block
  boot both bound break broken buffer build busy bytes cache call cancel cannot cause change channel check child clean cleanup
  clear click client clone close cluster code collect column command commit compact compare compile complete component compress
  compute condition config configuration configure confirm conflict connect connection consume container content context
  continue control convert copy core corrupt count crash create critical current daemon data database deactivate dead debug
  decode decrease default delay delete delivery denied deny depend deploy deprecate destroy detach detect device diagnostic
  different directory dirty disconnect discover disk dispatch display done download drain drive driver drop duplicate duration
  during early elapsed elect empty encode encounter end endpoint engine enough enter entry environment error establish evaluate
  event evict exceed except exception execute exist exit expect expire export expose extend external fail fallback fatal fault
  fetch field file fill filter final finalize find finish first flush follow force forget format forward found free full
  function garbage gateway general generate get give global go good grant group grow halt handle handler handshake hang hash
  have head health healthy heartbeat hidden high hit hold hook host idle ignore illegal image immediately import inactive
  incoming incomplete increase index info information inherit init initial initialize input insert inside install instance
  instead insufficient interface internal interrupt invalid invalidate invoke issue item job join keep kernel key kill last late
  launch lead leader leave length level library limit line link list listen live load local lock log login logout long lookup
  lost low machine main make manage manager map mark master match maximum member memory merge message metadata metric migrate
  minimum mismatch miss missing mode modify module monitor mount move multiple name negotiate network new next node normal
  notification notify null number object obtain occur offline offset old online only open operation option order other outgoing
  output overflow overlap override own owner package packet page parameter parent parse partial partition pass password path
  pause peer pending perform permission persist pick ping pool port post power prepare present previous primary print priority
  private process processor produce program progress promote protocol provide proxy public publish pull purge push put query
  queue quit quota raise reach read ready reason rebalance reboot receive recent reclaim reconnect record recover recovery
  redirect reduce refresh refuse region register registry reject relation release reload remain remote remove rename render
  renew repair repeat replace replica replicate reply report repository request require reschedule reserve reset resize resolve
  resource respond response rest restart restore result resume retain retry return reuse revert revoke rollback root rotate
  route run runtime safe same save scale scan schedule scheduler schema scope search second secondary secret security see seek
  segment select self send server service session set setup shard share shut shutdown sign signal since single size skip sleep
  slow snapshot socket source spawn special specified speed split stage stale standby start startup state statement static
  station status still stop storage store stream string submit subscribe succeed success successful successfully suspend swap
  switch sync synchronize system table take target task template temporary terminate test thread threshold throttle throw tick
  time timeout token too topic total touch trace track transaction transfer transition transmit tree trigger trust try tune turn
  type unable unassigned unavailable unblock undefined unexpected unhealthy uninstall unique unit unknown unload unlock unmount
  unreachable unregister unsupported until unused update upgrade upload usage use user valid validate value verify version view
  violation visible volume vote wait wake warm warn warning watch when while window without work worker write written wrong zone
`);

/** After these, a name is to be expected: "user ann", "host web-a". */
export const NAMING_WORDS = words(`
  user username login account role group member owner host hostname server client peer node machine domain realm zone region
  cluster namespace pod deployment daemonset container image volume bucket service process program daemon unit module plugin
  package library class method function bean component device interface driver disk drive partition mount table column
  database schema index constraint relation collection keyspace topic queue exchange stream channel consumer subscription
  file filename directory folder path key property setting parameter attribute variable option flag name named called thread
  session job task stage workflow pipeline branch tag project repository cookie header endpoint route query command
  algorithm cipher locale language country city customer tenant shard replica broker
`);

/** The same in SQL, in capitals: "FROM users". */
export const NAMING_CAPITALS = words('FROM INTO UPDATE JOIN TABLE DATABASE INDEX VIEW');

/** Before names with ports: "to kafka:9092". */
export const PLACE_WORDS = words('to from at on via with by host server broker peer node address upstream');

/** Names of values that say what happened: the values are part of what the message says. */
export const TELLING_KEYS = words(`
  msg message text error err reason cause event action state status level severity type kind result outcome op
  operation cmd command phase mode stage verb title description detail details exception log logger caller
`);

/** Units of measures, swallowed with their numbers: "5 seconds" and "1 second" are one value. */
export const UNIT_WORDS = words(`
  ns us ms s sec secs second seconds min mins minute minutes h hr hrs hour hours day days msec msecs usec millis millisecond
  milliseconds microseconds nanoseconds b byte bytes kb mb gb tb kib mib gib tib k m g kbytes mbytes bits bps kbps mbps gbps
  hz khz mhz ghz celsius percent am pm utc gmt est edt cst cdt mst mdt pst pdt cet cest
`);

export const DATE_WORDS = words(`
  mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday
  jan feb mar apr may jun jul aug sep sept oct nov dec
`);

/** Endings of file names without digits. */
export const FILE_ENDINGS = words(`
  bat bin bz bak c cc cfg class cnf conf config cpp crt cs css csv dat db deb dll dmg doc docx dylib exe gif go gz h hpp htm html
  ico ini iso jar java jpeg jpg js json key ko lck lock log lua md mjs msi old pdf pem php pid pl plist png properties ps py
  rb rpm rrd rs scala sh so sock sql sqlite svg swp sys tar tgz tmp toml ts tsx txt vue war wav webp xls xlsx xml xz yaml yml zip
`);

/** Endings of host names, beside those of two letters. */
export const HOST_ENDINGS = words(
  `com net org edu gov mil info biz io app dev cloud local localdomain lan internal intern corp home arpa test example`,
);

const ENDINGS = ['ing', 'ed', 'es', 's', 'd', 'er', 'ion', 'ly'];

/** Whether a word, or what is left of it without its ending, is one that messages are made of. */
export function isLogWord(word: string): boolean {
  const lower = word.toLowerCase();
  if (LOG_WORDS.has(lower) || ANSWER_WORDS.has(lower) || GLUE_WORDS.has(lower)) return true;
  for (const ending of ENDINGS) {
    if (!lower.endsWith(ending) || lower.length < ending.length + 3) continue;
    const stem = lower.slice(0, -ending.length);
    if (LOG_WORDS.has(stem) || LOG_WORDS.has(`${stem}e`)) return true;
    // "stopping" → "stop"
    if (stem.at(-1) === stem.at(-2) && LOG_WORDS.has(stem.slice(0, -1))) return true;
  }
  return false;
}

/** Whether all parts of a compound are: "CONTAINER_REMOTE_LAUNCH", "readTimeout". */
export function isLogTerm(term: string): boolean {
  if (isLogWord(term)) return true;
  const parts = term.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).filter((part) => part !== '');
  return parts.length > 1 && parts.every((part) => part.length > 1 && isLogWord(part));
}
