/** What a run tells: tables and bars on the terminal while it goes, one JSON file at its end. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Bar
 * @property {string} what
 * @property {number | null} value  null: could not be measured, which is no pass
 * @property {number} limit   the value must not exceed it
 * @property {string} unit    printed behind the numbers
 * @property {boolean} passed
 */

export class Report {
  /** @type {Bar[]} */
  bars = [];
  /** @type {Record<string, unknown>} raw figures by section */
  figures = {};

  /** @param {Record<string, unknown>} machine */
  constructor(machine) {
    this.machine = machine;
  }

  section(title) {
    console.log(`\n── ${title} ${'─'.repeat(Math.max(0, 100 - title.length))}`);
  }

  note(text) {
    console.log(text);
  }

  /**
   * @param {readonly string[]} columns
   * @param {readonly (readonly (string | number)[])[]} rows  numbers as text already where digits matter
   */
  table(columns, rows) {
    const lines = [columns, ...rows.map((row) => row.map(String))];
    const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i].length)));
    const pad = (cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]));
    for (const line of lines) console.log(line.map(pad).join('  ').trimEnd());
  }

  /** Prints whether `value` keeps within `limit`, and remembers it. */
  bar(what, value, limit, unit = '') {
    const passed = value !== null && value <= limit;
    this.bars.push({ what, value, limit, unit, passed });
    const shown = value === null ? 'not measured' : `${toShort(value)}${unit}`;
    console.log(`${passed ? 'pass' : 'FAIL'}  ${what}: ${shown} (bar ${toShort(limit)}${unit})`);
  }

  /** A statement that must hold, e.g. that two programs counted the same. */
  check(what, holds, details = '') {
    this.bars.push({ what, value: holds ? 0 : 1, limit: 0, unit: '', passed: holds });
    console.log(`${holds ? 'pass' : 'FAIL'}  ${what}${details === '' ? '' : `: ${details}`}`);
  }

  /** Says again which bars were not kept. */
  closeBars() {
    const failed = this.bars.filter(({ passed }) => !passed);
    for (const { what, value, limit, unit } of failed) {
      console.log(`FAIL  ${what}: ${value === null ? 'not measured' : toShort(value)} (bar ${toShort(limit)}${unit})`);
    }
    console.log(`${this.bars.length - failed.length} of ${this.bars.length} kept`);
  }

  keep(name, figures) {
    this.figures[name] = figures;
  }

  /** @returns {string} the file's path */
  write(folder) {
    mkdirSync(folder, { recursive: true });
    const takenAt = new Date().toISOString();
    const path = join(folder, `${takenAt.replace(/[:.]/g, '-')}.json`);
    const content = { takenAt, machine: this.machine, bars: this.bars, figures: this.figures };
    writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
    return path;
  }
}

/** Three digits that count: 0.123, 12.3, 1234. */
export function toShort(value) {
  return Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** `median (min–max)`, whole milliseconds. */
export const toSpan = ({ median, min, max }) =>
  median >= 100
    ? `${median.toFixed(0)} (${min.toFixed(0)}–${max.toFixed(0)})`
    : `${median.toFixed(1)} (${min.toFixed(1)}–${max.toFixed(1)})`;
