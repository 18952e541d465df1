/** One classification rule as a form: what it means, what it looks for, and what is wrong with it beside where it is. */
import { type Component, createEffect, createSignal, createUniqueId, For, type JSX, on, Show } from 'solid-js';

import type { ClassRule } from '../../engine/patterns/pattern';
import type { RuleReach } from '../../state/class-rules';
import { Button } from '../../ui/Button';
import { toCountText } from '../../ui/size-text';
import {
  CATEGORY_CHOICES,
  type PlacedMistake,
  placeMistake,
  RULE_LISTS,
  type RuleDraft,
  type RuleField,
  type RuleList,
  SEVERITY_CHOICES,
  toDraft,
  toRule,
} from './rule-draft';
import styles from './Rules.module.css';

interface RuleFormProps {
  /** The rule as it is kept; null: a new one. */
  rule: ClassRule | null;
  isOwn: boolean;
  /** The id that a rule with this reason gets. */
  idFor: (because: string) => string;
  onCheck: (rule: ClassRule) => Promise<readonly string[]>;
  onSave: (rule: ClassRule) => void;
  /** How far the rule would reach as it stands in the form; absent: there is nothing to try it on. */
  onTry?: ((rule: ClassRule) => Promise<RuleReach | null>) | undefined;
  onCancel: () => void;
  /** What else can be done with it. */
  children?: JSX.Element;
}

const LIST_WORDS: Readonly<Record<RuleList, { readonly label: string; readonly hint: string }>> = {
  message: { label: 'Message', hint: 'any of these occurs in it' },
  also: { label: 'Also', hint: 'any of these occurs in the message too' },
  exception: { label: 'Exception', hint: 'any of these occurs in its type' },
  stack: { label: 'Stack', hint: 'any of these occurs in a frame' },
  status: { label: 'Status', hint: 'is any of these: 503, or 5xx' },
  without: { label: 'Without', hint: 'none of these occurs in the message' },
};

export const RuleForm: Component<RuleFormProps> = (props) => {
  const [draft, setDraft] = createSignal<RuleDraft>(toDraft(null));
  const [mistakes, setMistakes] = createSignal<readonly PlacedMistake[]>([]);
  const [tried, setTried] = createSignal('');
  createEffect(
    on(
      () => props.rule,
      (rule) => {
        setDraft(toDraft(rule));
        setMistakes([]);
        setTried('');
      },
    ),
  );

  const isChanged = () => JSON.stringify(draft()) !== JSON.stringify(toDraft(props.rule));
  const change = (part: Partial<RuleDraft>) => {
    setDraft((old) => ({ ...old, ...part }));
    setTried('');
  };
  const rule = () => toRule(draft(), props.isOwn && props.rule ? props.rule.id : props.idFor(draft().because));

  /** @returns the rule when nothing is wrong with it */
  async function check(): Promise<ClassRule | null> {
    const now = rule();
    const found = (await props.onCheck(now)).map(placeMistake);
    setMistakes(found);
    return found.length === 0 ? now : null;
  }
  async function save(): Promise<void> {
    const good = await check();
    if (good) props.onSave(good);
  }
  async function tryIt(): Promise<void> {
    const good = await check();
    if (!good || !props.onTry) return;
    setTried('Trying …');
    const reach = await props.onTry(good);
    setTried(
      reach
        ? `As it stands it would class ${toCountText(reach.patternCount, 'pattern')}, ${toCountText(reach.recordCount, 'record')}.`
        : 'As it stands it would class nothing that is shown.',
    );
  }

  return (
    <form
      class={styles.form}
      aria-label={props.rule ? 'Rule' : 'New rule'}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Line label="Because" field="because" mistakes={mistakes()}>
        {(field) => (
          <input
            {...field}
            value={draft().because}
            maxLength={500}
            placeholder="an upstream call ended in 503 or 504"
            onInput={(event) => change({ because: event.currentTarget.value })}
          />
        )}
      </Line>
      <div class={styles.pair}>
        <Line label="Category" field="category" mistakes={mistakes()}>
          {(field) => (
            <Choices
              field={field}
              choices={CATEGORY_CHOICES}
              value={draft().category}
              onChoose={(category) => change({ category })}
            />
          )}
        </Line>
        <Line label="Severity" field="severity" mistakes={mistakes()}>
          {(field) => (
            <Choices
              field={field}
              choices={SEVERITY_CHOICES}
              value={draft().severity}
              onChoose={(severity) => change({ severity })}
            />
          )}
        </Line>
      </div>
      <p class={styles.hint}>
        It holds where every part that is filled in does. A line is a text to look for, in any case, blanks at its ends
        too; <code>*</code> in it stands for anything within a line.
      </p>
      <For each={RULE_LISTS}>
        {(name) => (
          <Line label={LIST_WORDS[name].label} field={name} hint={LIST_WORDS[name].hint} mistakes={mistakes()}>
            {(field) => (
              <textarea
                {...field}
                rows={Math.min(8, Math.max(1, draft()[name].split('\n').length))}
                spellcheck={false}
                value={draft()[name]}
                onInput={(event) => change({ [name]: event.currentTarget.value })}
              />
            )}
          </Line>
        )}
      </For>
      <For each={mistakes().filter(({ field }) => field === null)}>
        {({ text }) => (
          <p class={styles.mistake} role="alert">
            {text}
          </p>
        )}
      </For>
      <Show when={props.rule && !props.isOwn}>
        <p class={styles.hint}>
          It came with Loupe: what is changed is kept as a rule of your own before all others, and this one is switched
          off.
        </p>
      </Show>
      <div class={styles.verbs}>
        <Button look="primary" type="submit" size="small" disabled={!isChanged()}>
          {props.rule ? 'Save' : 'Add'}
        </Button>
        <Show when={props.onTry}>
          <Button size="small" onClick={() => void tryIt()}>
            Try
          </Button>
        </Show>
        <Show when={isChanged() || !props.rule}>
          <Button size="small" look="quiet" onClick={() => props.onCancel()}>
            {props.rule ? 'As it was' : 'Cancel'}
          </Button>
        </Show>
        <span class={styles.push} />
        {props.children}
      </div>
      <p class={styles.hint} role="status">
        {tried()}
      </p>
    </form>
  );
};

/** What a field carries for those who listen. */
interface FieldAttributes {
  readonly id: string;
  readonly class: string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
  readonly 'aria-describedby': string | undefined;
}

const Line: Component<{
  label: string;
  field: RuleField;
  hint?: string;
  mistakes: readonly PlacedMistake[];
  children: (attributes: FieldAttributes) => JSX.Element;
}> = (props) => {
  const id = createUniqueId();
  const own = () => props.mistakes.filter(({ field }) => field === props.field);
  const attributes: FieldAttributes = {
    id,
    class: styles.control,
    get 'aria-invalid'() {
      return own().length > 0 ? ('true' as const) : undefined;
    },
    get 'aria-describedby'() {
      return own().length > 0 ? `${id}-mistake` : undefined;
    },
  };
  return (
    <div class={styles.line}>
      <label class={styles.label} for={id}>
        {props.label} <Show when={props.hint}>{(hint) => <span class={styles.faint}>{hint()}</span>}</Show>
      </label>
      {props.children(attributes)}
      <div id={`${id}-mistake`} role="alert">
        <For each={own()}>{({ text }) => <p class={styles.mistake}>{text}</p>}</For>
      </div>
    </div>
  );
};

const Choices = <T extends string>(props: {
  field: FieldAttributes;
  choices: Readonly<Record<T, string>>;
  value: T;
  onChoose: (value: T) => void;
}) => (
  <select
    {...props.field}
    onChange={(event) => {
      const chosen = event.currentTarget.value;
      const value = (Object.keys(props.choices) as T[]).find((one) => one === chosen);
      if (value !== undefined) props.onChoose(value);
    }}
  >
    <For each={Object.entries(props.choices) as [T, string][]}>
      {([value, label]) => (
        <option value={value} selected={value === props.value}>
          {label}
        </option>
      )}
    </For>
  </select>
);
