/**
 * Select Graphic Rendition: the escape sequences that colour text in a terminal, as class names. Colours of any depth come
 * to the sixteen of `tokens.css`, which can be read in every theme.
 *
 * @see https://en.wikipedia.org/wiki/ANSI_escape_code#SGR
 */

/** How text is drawn after the sequences so far. Colours 0..15; null: the text's own. */
export interface AnsiStyle {
  readonly foreground: number | null;
  readonly background: number | null;
  readonly isBold: boolean;
  readonly isDim: boolean;
  readonly isItalic: boolean;
  readonly isUnderlined: boolean;
  readonly isStruck: boolean;
  readonly isInverse: boolean;
}

export const PLAIN: AnsiStyle = {
  foreground: null,
  background: null,
  isBold: false,
  isDim: false,
  isItalic: false,
  isUnderlined: false,
  isStruck: false,
  isInverse: false,
};

//                              ┌ parameters
export const SGR = /\u001b\[([\d;:]*)m/g;

/** @param parameters  what stands between `ESC [` and `m`: "1;31", "38;5;208", "38:2::255:0:0", or nothing, which resets */
export function applySgr(style: AnsiStyle, parameters: string): AnsiStyle {
  let next = style;
  const groups = parameters === '' ? ['0'] : parameters.split(';');
  for (let at = 0; at < groups.length; at += 1) {
    const group = groups[at] ?? '';
    const code = Number.parseInt(group, 10) || 0;
    if (code !== 38 && code !== 48) {
      next = applyCode(next, code);
      continue;
    }
    // Colons keep a colour's numbers in one group; semicolons, more common, spread them over the next groups.
    const hasColons = group.includes(':');
    const numbers = (hasColons ? group.split(':').slice(1) : groups.slice(at + 1)).map((part) => Number(part) || 0);
    const { colour, used } = readColour(numbers, hasColons);
    if (!hasColons) at += used;
    if (colour !== null) next = code === 38 ? { ...next, foreground: colour } : { ...next, background: colour };
  }
  return next;
}

function applyCode(style: AnsiStyle, code: number): AnsiStyle {
  if (code === 0) return PLAIN;
  if (code === 1) return { ...style, isBold: true };
  if (code === 2) return { ...style, isDim: true };
  if (code === 3) return { ...style, isItalic: true };
  if (code === 4 || code === 21) return { ...style, isUnderlined: true };
  if (code === 7) return { ...style, isInverse: true };
  if (code === 9) return { ...style, isStruck: true };
  if (code === 22) return { ...style, isBold: false, isDim: false };
  if (code === 23) return { ...style, isItalic: false };
  if (code === 24) return { ...style, isUnderlined: false };
  if (code === 27) return { ...style, isInverse: false };
  if (code === 29) return { ...style, isStruck: false };
  if (code >= 30 && code <= 37) return { ...style, foreground: code - 30 };
  if (code === 39) return { ...style, foreground: null };
  if (code >= 40 && code <= 47) return { ...style, background: code - 40 };
  if (code === 49) return { ...style, background: null };
  if (code >= 90 && code <= 97) return { ...style, foreground: code - 82 };
  if (code >= 100 && code <= 107) return { ...style, background: code - 92 };
  return style; // blinking and concealed text is drawn as it is: nothing in a log may hide
}

/** @param numbers  what follows 38 or 48: 5 and an index, or 2 and red, green, blue */
function readColour(numbers: readonly number[], hasColons: boolean): { colour: number | null; used: number } {
  const [kind, ...rest] = numbers;
  if (kind === 5) return { colour: toSixteen(rest[0] ?? 0), used: 2 };
  if (kind !== 2) return { colour: null, used: 1 };
  // With colons a colour space, mostly empty, may stand before the three.
  const [red = 0, green = 0, blue = 0] = hasColons && rest.length > 3 ? rest.slice(-3) : rest;
  return { colour: nearest(red, green, blue), used: 4 };
}

const CUBE = [0, 95, 135, 175, 215, 255];

/** The nearest of the sixteen to a colour of the 256. */
function toSixteen(index: number): number {
  if (index < 16) return index;
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return nearest(grey, grey, grey);
  }
  const at = index - 16;
  return nearest(CUBE[Math.floor(at / 36)] ?? 0, CUBE[Math.floor(at / 6) % 6] ?? 0, CUBE[at % 6] ?? 0);
}

/** By hue, so that a pale blue stays blue; greys by lightness. Channels 0..255. */
function nearest(red: number, green: number, blue: number): number {
  const high = Math.max(red, green, blue);
  const low = Math.min(red, green, blue);
  if (high - low < 40) return high < 60 ? 0 : high < 150 ? 8 : high < 210 ? 7 : 15;
  const middle = (high + low) / 2;
  const isOn = (channel: number) => (channel > middle ? 1 : 0);
  const hue = isOn(red) + 2 * isOn(green) + 4 * isOn(blue); // 1 red, 2 green, 3 yellow, 4 blue, 5 magenta, 6 cyan
  return high > 215 ? hue + 8 : hue;
}

/** Names of the classes that draw a style, in `LogText.module.css`. */
export function toStyleNames(style: AnsiStyle): string[] {
  if (style === PLAIN) return [];
  const names: string[] = [];
  if (style.foreground !== null) names.push(`fg${style.foreground}`);
  if (style.background !== null) names.push(`bg${style.background}`);
  if (style.isBold) names.push('bold');
  if (style.isDim) names.push('dim');
  if (style.isItalic) names.push('italic');
  if (style.isUnderlined) names.push('underlined');
  if (style.isStruck) names.push('struck');
  if (style.isInverse) names.push('inverse');
  return names;
}
