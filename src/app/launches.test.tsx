import { afterEach, expect, test, vi } from 'vitest';

import { type Launch, listenForLaunches } from './launches';

afterEach(() => {
  vi.unstubAllGlobals();
  history.replaceState(null, '', '/');
});

interface Params {
  files?: readonly FileSystemFileHandle[];
  targetURL?: string;
}

function listen(address: string, shared: Record<string, string> = {}) {
  history.replaceState(null, '', address);
  let consume: (params: Params) => void = () => {};
  vi.stubGlobal('launchQueue', { setConsumer: (consumer: typeof consume) => (consume = consumer) });
  const launches: Launch[] = [];
  const take = async (id: string) => {
    const text = shared[id];
    return text === undefined ? null : { files: [], text };
  };
  listenForLaunches(take, (launch) => launches.push(launch));
  return { launches, queue: (params: Params) => consume(params) };
}

const handleOf = (name: string, read = async () => new File(['a log'], name)) =>
  ({ kind: 'file', name, getFile: read }) as unknown as FileSystemFileHandle;

test('files that the system opens come with their handles; one that cannot be read is named', async () => {
  const { launches, queue } = listen('/');
  const good = handleOf('a.log');
  const bad = handleOf('gone.log', () => Promise.reject(new DOMException('', 'NotFoundError')));
  queue({ targetURL: location.href, files: [good, bad] });
  await vi.waitFor(() => expect(launches).toHaveLength(1));
  expect(launches[0]?.files).toMatchObject([{ name: 'a.log', handle: good }]);
  expect(launches[0]?.trouble).toBe('gone.log cannot be read: drop it onto the page instead');
});

test('a share is fetched once, and leaves the address', async () => {
  const { launches, queue } = listen('/?bench&shared=one#v1', { one: 'a log', two: 'another' });
  expect(location.search).toBe('?bench=');
  expect(location.hash).toBe('#v1');
  queue({ targetURL: new URL('/?bench&shared=one#v1', location.href).href });
  await vi.waitFor(() => expect(launches).toMatchObject([{ text: 'a log' }]));
  queue({ targetURL: new URL('/?shared=two', location.href).href });
  await vi.waitFor(() => expect(launches).toMatchObject([{ text: 'a log' }, { text: 'another' }]));
});

test('a share that is not there any more is told', async () => {
  const { launches } = listen('/?shared=one');
  await vi.waitFor(() => expect(launches).toMatchObject([{ trouble: expect.stringContaining('share it again') }]));
});

test('a shortcut runs its command, in a new window and in one that is there', async () => {
  const { launches, queue } = listen('/?launch=new');
  await vi.waitFor(() => expect(launches).toMatchObject([{ command: 'workspace.create' }]));
  queue({ targetURL: new URL('/?launch=new', location.href).href });
  queue({ targetURL: new URL('/?launch=workspaces', location.href).href });
  await vi.waitFor(() =>
    expect(launches.map(({ command }) => command)).toEqual(['workspace.create', 'workspace.switch']),
  );
});

test('an address that is no launch is none', async () => {
  const { launches } = listen('/?launch=no.such');
  await vi.waitFor(() => expect(launches).toMatchObject([{ command: null, files: [], text: '', trouble: '' }]));
});
