import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Histogram } from '../api';
import { drawChart, drawSparkline, maxBinsFor, stackUnits } from './chart';
import type { Paint } from './verb';

const START = Date.UTC(2025, 0, 1, 10);
const plain: Paint = (text) => text;

/** Counts of ERROR, WARN and INFO per bin of a minute. */
function histogram(bins: readonly (readonly [error: number, warn: number, info: number])[]): Histogram {
  const counts = Array.from({ length: 7 }, () => new Uint32Array(bins.length));
  bins.forEach(([error, warn, info], index) => {
    for (const [code, count] of [
      [5, error],
      [4, warn],
      [3, info],
    ] as const) {
      const row = counts[code];
      if (row) row[index] = count;
    }
  });
  return { startMs: START, binMs: 60_000, binCount: bins.length, counts, untimedCount: 0 };
}

const lines = (bins: Parameters<typeof histogram>[0], columns = 12, rows = 4) =>
  drawChart(histogram(bins), { columns, rows, hasColours: false, paint: plain });

describe('the chart without colours', () => {
  test('stacks levels with errors at the ground, one glyph each', () => {
    expect(
      lines(
        [
          [1, 1, 2],
          [0, 0, 0],
          [0, 0, 4],
        ],
        13,
      ),
    ).toEqual([
      '     4 ┤ ▒ ▒',
      '       │ ▒ ▒',
      '       │ ▓ ▒',
      '       │ █ ▒',
      '     0 ┼────',
      'errors │ █',
      '         2025-01-01 10:00 … 2025-01-01 10:03',
      '         █ error, fatal  ▓ warn  ▒ info   one column = 1 min',
    ]);
  });

  test('one error among a million records is seen in the line of errors', () => {
    const drawn = lines(
      [
        [0, 0, 1_000_000],
        [1, 0, 999_999],
      ],
      15,
    );
    expect(drawn.find((line) => line.includes('errors'))).toBe('   errors │  █');
  });

  test('without any error the line of errors is left out', () => {
    expect(lines([[0, 1, 1]]).some((line) => line.startsWith('errors'))).toBe(false);
  });

  test('a bin of one record is never drawn as empty', () => {
    expect(
      lines([
        [0, 0, 100_000],
        [0, 0, 1],
      ]).find((line) => line.includes('│')),
    ).toBeDefined();
    expect(stackUnits([0, 0, 1, 0, 0], 100_000, 8)).toEqual([2]);
  });

  test('few bins are drawn wide, and the ends of the time axis stand at its ends', () => {
    const drawn = lines(
      [
        [0, 0, 1],
        [0, 0, 1],
      ],
      60,
    );
    expect(drawn[0]).toBe(`     1 ┤ ${'▒'.repeat(50)}`);
    expect(drawn.find((line) => line.includes('2025'))).toBe(
      `         2025-01-01 10:00${' '.repeat(18)}2025-01-01 10:02`,
    );
  });

  test('no record with a time: no chart', () => {
    expect(
      drawChart(
        { startMs: 0, binMs: 1, binCount: 0, counts: [], untimedCount: 5 },
        { columns: 80, rows: 4, hasColours: false, paint: plain },
      ),
    ).toEqual([]);
  });
});

describe('the chart with colours', () => {
  const marked: Paint = (text, tone, over) => `<${tone}${over === undefined ? '' : `/${over}`}>${text}`;
  const draw = (bins: Parameters<typeof histogram>[0], rows: number) =>
    drawChart(histogram(bins), { columns: 12, rows, hasColours: true, paint: marked });

  test('two levels share a cell: the lower in front, the upper behind', () => {
    expect(draw([[2, 0, 6]], 1)[0]).toBe('     8 ┤ <bad/good>▂▂');
  });

  test('below air a cell has the tone seen most', () => {
    expect(
      draw(
        [
          [1, 0, 5],
          [0, 0, 12],
        ],
        1,
      )[0],
    ).toBe('    12 ┤ <good>▄<good>█');
  });

  test('heights go by eighths of a cell', () => {
    expect(
      draw(
        [
          [0, 0, 3],
          [0, 0, 16],
        ],
        2,
      ).slice(0, 2),
    ).toEqual(['    16 ┤  <good>█', '       │ <good>▃<good>█']);
  });
});

test('a stack is as high as its share of the highest, to a unit, whatever its parts', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1000), { minLength: 5, maxLength: 5 }),
      fc.integer({ min: 0, max: 5000 }),
      fc.integer({ min: 1, max: 64 }),
      (groups, extra, height) => {
        const total = groups.reduce((sum, count) => sum + count, 0);
        const max = total + extra;
        if (max === 0) return;
        const units = stackUnits(groups, max, height);
        expect(units.length).toBe(total === 0 ? 0 : Math.max(1, Math.round((total / max) * height)));
        expect(units).toEqual(units.toSorted((a, b) => a - b));
        for (const unit of units) expect(groups[unit]).toBeGreaterThan(0);
      },
    ),
    { seed: 7, numRuns: 300 },
  );
});

test('no chart is wider than asked, with as many bins as it asked for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 40, max: 200 }), fc.nat(10_000_000), (columns, count) => {
      const bins = Array.from({ length: maxBinsFor(columns, count) }, () => [0, 0, count + 1] as const);
      const drawn = lines(bins, columns).slice(0, 5);
      expect(Math.max(...drawn.map((line) => line.length))).toBeLessThanOrEqual(columns);
    }),
    { seed: 7, numRuns: 50 },
  );
});

test('a sparkline shows the smallest count above nothing', () => {
  expect(drawSparkline([0, 1, 800, 400])).toBe(' ▁█▄');
});
