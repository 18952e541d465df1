/** Door to the digests: puts HashDoor on this thread. No logic lives here. */
import { expose } from 'comlink';

import { openBytes } from '../src/bridge/blob-source';
import { digestOf, fingerprintOf } from '../src/bridge/digests';
import { installFaultWire } from '../src/bridge/fault-wire';
import { createHashDoor } from '../src/bridge/hash-door';

installFaultWire();
expose(createHashDoor(openBytes, { digestOf, fingerprintOf }));
