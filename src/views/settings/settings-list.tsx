/** Every setting but the keys and the kept data: its title, its one sentence, and its control. A new one is an entry here. */
import type { Component } from 'solid-js';

import {
  BUDGETS_MIB,
  CONTRASTS,
  DENSITIES,
  DETAILS_PLACES,
  FIRST_VIEWS,
  isZone,
  MOTIONS,
  type Settings,
  THEMES,
} from '../../state/settings';
import type { Workspace } from '../../state/workspace';
import { Choice } from '../../ui/Choice';
import { toMemoryText } from '../../ui/size-text';
import styles from './Settings.module.css';

interface ControlProps {
  workspace: Workspace;
  /** Its name for those who hear it. */
  label: string;
}

export interface Setting {
  readonly title: string;
  /** What it does, and its limits. */
  readonly sentence: string;
  /** Other words it is found by. */
  readonly words: string;
  readonly Control: Component<ControlProps>;
}

/** A control for a setting with a few values. */
function choiceOf<K extends keyof Settings>(
  key: K,
  values: readonly (Settings[K] & string)[],
  labels: Readonly<Record<Settings[K] & string, string>>,
): Component<ControlProps> {
  return (props) => (
    <Choice
      label={props.label}
      value={values.find((value) => value === props.workspace.settings.settings()[key]) ?? ''}
      choices={values.map((value) => ({ value, label: labels[value] }))}
      onChoose={(chosen) => {
        const value = values.find((one) => one === chosen);
        if (value !== undefined) props.workspace.settings.change({ [key]: value });
      }}
    />
  );
}

export const LOOK_SETTINGS: readonly Setting[] = [
  {
    title: 'Theme',
    sentence: 'Light or dark, or whichever the system has at the moment.',
    words: 'colours appearance night day',
    Control: choiceOf('theme', THEMES, { system: 'System', light: 'Light', dark: 'Dark' }),
  },
  {
    title: 'Contrast',
    sentence: 'More contrast draws every edge and leaves no tint behind text, in either theme.',
    words: 'high accessibility',
    Control: choiceOf('contrast', CONTRASTS, { system: 'System', more: 'More' }),
  },
  {
    title: 'Row height',
    sentence: 'Records are 20, 24 or 30 px high, with text of 12, 13 or 14 px; on a touch screen at least 36.',
    words: 'density compact comfortable roomy font size',
    Control: choiceOf('density', DENSITIES, { compact: 'Compact', regular: 'Regular', roomy: 'Roomy' }),
  },
  {
    title: 'A newly opened log shows',
    sentence: 'What stands out in it on one page, or its records. A workspace comes back with the view it was left in.',
    words: 'first look lines start view',
    Control: choiceOf('firstView', FIRST_VIEWS, { 'first-look': 'First look', lines: 'Lines' }),
  },
  {
    title: 'Details',
    sentence:
      'The details of a record stand at the right, where they lie over the rows of a narrow window, or below the log.',
    words: 'drawer panel position right below bottom',
    Control: choiceOf('detailsPlace', DETAILS_PLACES, { right: 'Right', below: 'Below' }),
  },
  {
    title: 'Motion',
    sentence:
      'Popovers and panels fade in as the system allows, or not at all; rows, charts and numbers never move by themselves.',
    words: 'animations reduced',
    Control: choiceOf('motion', MOTIONS, { system: 'System', none: 'None' }),
  },
];

const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

const ZoneControl: Component<ControlProps> = (props) => {
  const zone = () => props.workspace.settings.settings().zone;
  const usual = [...new Set(['UTC', OWN_ZONE])];
  const others = Intl.supportedValuesOf('timeZone').filter((name) => !usual.includes(name));
  // One that was set by hand or by an older browser is offered too, or the field would show another.
  const isListed = () => usual.includes(zone()) || others.includes(zone());
  return (
    <select
      class={styles.select}
      aria-label={props.label}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        if (isZone(chosen)) props.workspace.settings.change({ zone: chosen });
      }}
    >
      <optgroup label="Usual">
        {usual.map((name) => (
          <option value={name} selected={zone() === name}>
            {name}
            {name === OWN_ZONE && name !== 'UTC' ? ', this device' : ''}
          </option>
        ))}
        {isListed() ? undefined : (
          <option value={zone()} selected>
            {zone()}
          </option>
        )}
      </optgroup>
      <optgroup label="All">
        {others.map((name) => (
          <option value={name} selected={zone() === name}>
            {name}
          </option>
        ))}
      </optgroup>
    </select>
  );
};

export const TIME_SETTINGS: readonly Setting[] = [
  {
    title: 'Zone of the times shown',
    sentence:
      'Times of every source are shown in this zone, and times in a filter are read in it; the files keep theirs.',
    words: 'timezone utc local clock',
    Control: ZoneControl,
  },
];

export const KEPT_SETTINGS: readonly Setting[] = [
  {
    title: 'Copies of what has no way back to it',
    sentence:
      'A pasted text, and a file up to 64 MiB that the browser gives no handle for, is kept in this browser with its workspace, to be there after a reload. Without copies it has to be dropped again.',
    words: 'paste keep store privacy reload restore copies',
    Control: (props) => (
      <Choice
        label={props.label}
        value={props.workspace.settings.settings().keepsCopies ? 'kept' : 'none'}
        choices={[
          { value: 'kept', label: 'Kept' },
          { value: 'none', label: 'None' },
        ]}
        onChoose={(chosen) => props.workspace.settings.change({ keepsCopies: chosen === 'kept' })}
      />
    ),
  },
  {
    title: 'Analyses kept by themselves',
    sentence:
      'Patterns with their classes, and the first look, are kept with the workspace once they are complete: counts, times and the texts of patterns, which are text of the log. The newest 20 of a workspace stay; the same sources with the same filter take the place of the one before. Those kept by hand stay until they are deleted.',
    words: 'patterns classification first look history automatic store privacy',
    Control: (props) => (
      <Choice
        label={props.label}
        value={props.workspace.settings.settings().keepsAnalyses ? 'kept' : 'none'}
        choices={[
          { value: 'kept', label: 'Kept' },
          { value: 'none', label: 'None' },
        ]}
        onChoose={(chosen) => props.workspace.settings.change({ keepsAnalyses: chosen === 'kept' })}
      />
    ),
  },
];

const MIB = 1024 * 1024;

const BudgetControl: Component<ControlProps> = (props) => {
  const { settings, health, budget } = props.workspace;
  const fit = () => budget.fitBytes() ?? (settings.settings().budgetMib === null ? health.health()?.budgetBytes : null);
  const toLabel = (mib: number | null) => {
    if (mib !== null) return toMemoryText(mib * MIB);
    const bytes = fit();
    return bytes == null ? 'As the device allows' : `As the device allows: ${toMemoryText(bytes)}`;
  };
  return (
    <div class={styles.stack}>
      <select
        class={styles.select}
        aria-label={props.label}
        onChange={(event) => {
          const budgetMib = BUDGETS_MIB.find((mib) => String(mib) === event.currentTarget.value);
          if (budgetMib !== undefined) settings.change({ budgetMib });
        }}
      >
        {BUDGETS_MIB.map((mib) => (
          <option value={String(mib)} selected={settings.settings().budgetMib === mib}>
            {toLabel(mib)}
          </option>
        ))}
      </select>
      <span class={styles.sentence}>
        {health.health() ? `${toMemoryText(health.health()?.residentBytes ?? 0)} in use` : ''}
      </span>
    </div>
  );
};

export const MEMORY_SETTINGS: readonly Setting[] = [
  {
    title: 'Memory for the bytes of files',
    sentence:
      'Bytes beyond it are let go and read from the file again, which is slower and never wrong. About 13 bytes a record of columns come on top; one worker holds 4 GiB at most, and a browser may end a page that takes more than the device has.',
    words: 'budget ram resident gigabytes',
    Control: BudgetControl,
  },
];
