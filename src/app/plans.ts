/** Which workspace is on screen, and going from one to another: each begins with an engine and stores of its own. */
import { createSignal } from 'solid-js';

import { parseSession, type Session } from '../protocol/session';
import { type ArrivedLink, matchSources, readArrivedLink } from '../state/address';
import { isLinkHash } from '../state/link';
import type { OpenRequest } from '../state/sources';
import type { TabStorage, WorkspacesStore } from '../state/workspaces';
import type { WholeWorkspace } from '../storage/stored';

/** What a hall begins with. */
export interface Plan {
  /** The kept workspace to put together; null: an empty one. */
  readonly whole: WholeWorkspace | null;
  /** Opened first. */
  readonly files: readonly OpenRequest[];
  /** Files in hand already, by the keys of their sources. */
  readonly given: ReadonlyMap<string, OpenRequest>;
  /** A link that belongs to other sources, or cannot be read. */
  readonly link: ArrivedLink | null;
  /** Shown in place of the view that was kept. */
  readonly view: Session | null;
}

/** What happened to workspaces, with its way back. */
export interface PlanNotice {
  readonly text: string;
  readonly undo: (() => void) | null;
  readonly number: number;
}

const NOTHING: Plan = { whole: null, files: [], given: new Map(), link: null, view: null };

export function createPlans(workspaces: WorkspacesStore, tab: TabStorage) {
  const [plan, setPlan] = createSignal<Plan | null>(null);
  const [notice, setNotice] = createSignal<PlanNotice | null>(null);
  // Why a workspace could not be opened, or a sentence about the link; null: nothing to say.
  const [refusal, setRefusal] = createSignal<string | null>(null);
  let leave: () => Promise<void> = () => Promise.resolve();
  let told = 0;
  let fresh: PlanNotice | null = null;

  function tell(text: string, undo: (() => void) | null) {
    told += 1;
    fresh = { text, undo, number: told };
    setNotice(fresh);
  }

  /** Puts the next plan on screen when what is there has been written. */
  async function go(next: () => Promise<Plan> | Plan): Promise<void> {
    await leave();
    leave = () => Promise.resolve();
    setRefusal(null);
    const plan = await next();
    await workspaces.refresh();
    setPlan(plan);
  }

  /** An empty plan, and a sentence, where it cannot be read. */
  async function toPlan(id: string, rest: Partial<Plan> = {}): Promise<Plan> {
    const whole = await workspaces.open(id);
    if (!whole) return { ...NOTHING, ...rest };
    const outcome = parseSession(whole.workspace.session);
    if (outcome.kind === 'session') return { ...NOTHING, ...rest, whole };
    workspaces.leave(); // what cannot be read is not written over
    setRefusal(`The workspace ${whole.workspace.name} ${outcome.reason}.`);
    return NOTHING;
  }

  async function start(): Promise<void> {
    const lastId = workspaces.lastId();
    if (lastId === null && !isLinkHash(location.hash)) {
      setPlan(NOTHING); // nothing to wait for
      await workspaces.refresh();
      return;
    }
    const link = await readArrivedLink(tab);
    if (link?.kind === 'waits') {
      await workspaces.refresh();
      const wanted = link.session.sources;
      const owner = workspaces.list().find(({ sources }) => matchSources(wanted, sources).size === wanted.length);
      setPlan(owner && wanted.length > 0 ? await toPlan(owner.id, { link }) : { ...NOTHING, link });
      return;
    }
    setPlan(lastId === null ? { ...NOTHING, link } : await toPlan(lastId, { link }));
    await workspaces.refresh();
  }
  void start();

  return {
    plan,
    notice,
    /** Whether it has not been on a screen yet: a hall that comes after tells of it once. */
    takeFresh(one: PlanNotice): boolean {
      const isFresh = fresh === one;
      fresh = null;
      return isFresh;
    },
    refusal,
    dismissRefusal: () => setRefusal(null),
    /** @param flush  writes what the hall on screen has not written yet */
    onLeave(flush: () => Promise<void>) {
      leave = flush;
    },
    open: (id: string) => go(() => toPlan(id)),
    /** An empty workspace; it is kept when it has its first source. */
    begin: (files: readonly OpenRequest[] = []) =>
      go(() => {
        workspaces.leave();
        return { ...NOTHING, files };
      }),
    /** The same workspace in a new engine: the old one died. */
    restart: (given: ReadonlyMap<string, OpenRequest>) =>
      go(() => {
        const current = workspaces.current();
        return current ? toPlan(current.id, { given }) : { ...NOTHING, files: [...given.values()] };
      }),
    async remove(id: string, name: string): Promise<void> {
      const isCurrent = workspaces.current()?.id === id;
      if (isCurrent) await leave();
      const whole = await workspaces.remove(id);
      if (isCurrent) setPlan({ ...NOTHING });
      if (!whole) return;
      tell(`${name} deleted`, () => {
        void workspaces.putBack(whole).then(() => {
          if (isCurrent) void go(() => toPlan(id));
        });
      });
    },
  };
}

export type Plans = ReturnType<typeof createPlans>;
