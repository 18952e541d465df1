/** Door to a shard host: puts ShardApi on this thread. No logic lives here. */
import { expose } from 'comlink';

import { openBytes } from '../src/places/blob-source';
import { installFaultWire } from '../src/bridge/fault-wire';
import { createShardHost } from '../src/engine/shard/shard-host';
import { createIndexFiles } from '../src/storage/index-files';

installFaultWire();
expose(createShardHost({ openBytes, indexFiles: createIndexFiles() }));
