/** Door to a shard host in Node: puts ShardApi on this thread. No logic lives here. */
import { parentPort } from 'node:worker_threads';

import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';

import { installFaultWire } from '../src/bridge/fault-wire';
import { createShardHost } from '../src/engine/shard/shard-host';
import { openBytes } from './open-bytes';

if (parentPort === null) throw new Error('shard.worker.js is started by the command line, as a thread');
installFaultWire();
expose(createShardHost({ openBytes }), nodeEndpoint(parentPort));
