/**
 * JSON as it is written: values keep their own spelling, so that long numbers are not rounded, and keys their order. For
 * showing a record's JSON as fields or indented; nothing is evaluated.
 */

export type JsonNode =
  | { readonly kind: 'scalar'; readonly source: string }
  | { readonly kind: 'object'; readonly members: readonly (readonly [name: string, value: JsonNode])[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] };

export interface JsonField {
  /** Names on the way, joined by dots; indexes of arrays are names. */
  readonly path: string;
  /** As written: strings with their quotes. */
  readonly source: string;
}

// Deeper ones are shown as they are written: nobody reads them indented.
const DEPTH_LIMIT = 100;

//              ┌ string                      ┌ number                                   ┌ word
const SCALAR = /"(?:[^"\\\n]|\\.)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const SPACE = /[ \t\r\n]*/y;

/** @returns null when the text is not one whole JSON value */
export function readJson(text: string): JsonNode | null {
  let at = 0;
  const skip = () => {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    at = SPACE.lastIndex;
  };
  const take = (sign: string) => {
    skip();
    if (text[at] !== sign) return false;
    at += 1;
    return true;
  };
  const scalar = (): string | null => {
    skip();
    SCALAR.lastIndex = at;
    const match = SCALAR.exec(text);
    if (!match) return null;
    at = SCALAR.lastIndex;
    return match[0];
  };
  function value(depth: number): JsonNode | null {
    if (depth > DEPTH_LIMIT) return null;
    if (take('{')) return object(depth);
    if (take('[')) return array(depth);
    const source = scalar();
    return source === null ? null : { kind: 'scalar', source };
  }
  function object(depth: number): JsonNode | null {
    const members: [string, JsonNode][] = [];
    if (take('}')) return { kind: 'object', members };
    do {
      const name = scalar();
      if (!name?.startsWith('"') || !take(':')) return null;
      const member = value(depth + 1);
      if (!member) return null;
      members.push([unquote(name), member]);
    } while (take(','));
    return take('}') ? { kind: 'object', members } : null;
  }
  function array(depth: number): JsonNode | null {
    const items: JsonNode[] = [];
    if (take(']')) return { kind: 'array', items };
    do {
      const item = value(depth + 1);
      if (!item) return null;
      items.push(item);
    } while (take(','));
    return take(']') ? { kind: 'array', items } : null;
  }
  const node = value(0);
  skip();
  return node && at === text.length ? node : null;
}

function unquote(name: string): string {
  try {
    return JSON.parse(name) as string;
  } catch {
    return name.slice(1, -1); // a control character in it, which JSON forbids and logs hold
  }
}

/** Every scalar with its path; an empty object or array is one too. */
export function toJsonFields(node: JsonNode): JsonField[] {
  const fields: JsonField[] = [];
  const walk = (value: JsonNode, path: string) => {
    if (value.kind === 'scalar') fields.push({ path, source: value.source });
    else if (value.kind === 'object') {
      if (value.members.length === 0) fields.push({ path, source: '{}' });
      for (const [name, member] of value.members) walk(member, path === '' ? name : `${path}.${name}`);
    } else {
      if (value.items.length === 0) fields.push({ path, source: '[]' });
      for (const [index, item] of value.items.entries()) walk(item, path === '' ? String(index) : `${path}.${index}`);
    }
  };
  walk(node, '');
  return fields;
}

/** Indented by two, a member or an item on each line. */
export function toJsonLines(node: JsonNode): string[] {
  const lines: string[] = [];
  const put = (value: JsonNode, indent: string, before: string, after: string) => {
    if (value.kind === 'scalar') {
      lines.push(`${indent}${before}${value.source}${after}`);
      return;
    }
    const [open, close] = value.kind === 'object' ? ['{', '}'] : ['[', ']'];
    const parts: readonly (readonly [string, JsonNode])[] =
      value.kind === 'object'
        ? value.members.map(([name, member]) => [`${JSON.stringify(name)}: `, member] as const)
        : value.items.map((item) => ['', item] as const);
    if (parts.length === 0) {
      lines.push(`${indent}${before}${open}${close}${after}`);
      return;
    }
    lines.push(`${indent}${before}${open}`);
    for (const [index, [name, part]] of parts.entries()) {
      put(part, `${indent}  `, name, index < parts.length - 1 ? ',' : '');
    }
    lines.push(`${indent}${close}${after}`);
  };
  put(node, '', '', '');
  return lines;
}
