/** Door to the digests: puts HashDoor on this thread. No logic lives here. */
import { expose } from 'comlink';

import { openBytes } from '../src/places/blob-source';
import { digestOf } from '../src/places/digests';
import { installFaultWire } from '../src/bridge/fault-wire';
import { createHashDoor } from '../src/places/hash-door';

installFaultWire();
expose(createHashDoor(openBytes, { digestOf }));
