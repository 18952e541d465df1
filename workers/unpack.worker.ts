/** Door to the unpackers: puts UnpackDoor on this thread. No logic lives here. */
import { expose } from 'comlink';

import { openBytes } from '../src/places/blob-source';
import { installFaultWire } from '../src/bridge/fault-wire';
import { createUnpackDoor } from '../src/places/unpack-door';
import { createGzipUnpacker } from '../src/unpackers/gzip';

installFaultWire();
expose(createUnpackDoor(createGzipUnpacker(openBytes)));
