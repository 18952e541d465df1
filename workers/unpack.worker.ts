/** Door to the unpackers: puts UnpackDoor on this thread. No logic lives here. */
import { expose } from 'comlink';

import { openBytes } from '../src/bridge/blob-source';
import { installFaultWire } from '../src/bridge/fault-wire';
import { createUnpackDoor } from '../src/bridge/unpack-door';
import { createGzipUnpacker } from '../src/unpackers/gzip';

installFaultWire();
expose(createUnpackDoor(createGzipUnpacker(openBytes)));
