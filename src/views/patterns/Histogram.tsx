/** How often a measured wildcard has which values: bars to compare, a drag over them filters. Also as a table. */
import { type Component, createSignal, For, Show } from 'solid-js';

import type { WildcardMeasure } from '../../engine/patterns/pattern';
import { boundsOf } from '../../state/bin-range';
import { Button } from '../../ui/Button';
import { toNumberText } from '../../ui/size-text';
import styles from './Histogram.module.css';
import { toMeasureText } from './pattern-words';

interface HistogramProps {
  /** What is measured: "duration". */
  name: string;
  measure: WildcardMeasure;
  /** Both bounds included. */
  onRange: (min: number | null, max: number | null) => void;
}

const WIDTH = 352;
const HEIGHT = 76;
const TOP = 4;
// A single value is seen beside a million others.
const MIN_PX = 1.5;
const LABELS = 5;

export const Histogram: Component<HistogramProps> = (props) => {
  const [drag, setDrag] = createSignal<{ from: number; to: number } | null>(null);
  const [isTable, setIsTable] = createSignal(false);
  const bins = () => props.measure.histogram;
  const count = () => bins().counts.length;
  const most = () => bins().counts.reduce((max, one) => Math.max(max, one), 1);
  const text = (value: number) => toMeasureText(value, props.measure.unit);
  const isIn = (bin: number) => {
    const range = drag();
    return range !== null && bin >= Math.min(range.from, range.to) && bin <= Math.max(range.from, range.to);
  };
  const labels = () => {
    const steps = Math.min(LABELS - 1, count());
    return Array.from({ length: steps + 1 }, (_, at) => {
      const edge = Math.round((at * count()) / steps);
      return {
        x: (WIDTH * edge) / count(),
        text: text(bins().edges[edge] ?? 0),
        anchor: at === 0 ? 'start' : at === steps ? 'end' : 'middle',
      } as const;
    });
  };
  const summary = () => {
    const peak = bins().counts.indexOf(most());
    const scale = bins().isLog ? ', logarithmic' : '';
    return `${props.name} from ${text(props.measure.min)} to ${text(props.measure.max)}${scale}; most between ${rangeText(peak)}`;
  };
  const rangeText = (bin: number) => `${text(bins().edges[bin] ?? 0)} and ${text(bins().edges[bin + 1] ?? 0)}`;
  const binAt = (event: PointerEvent & { currentTarget: SVGElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = box.width === 0 ? 0 : (event.clientX - box.left) / box.width;
    return Math.max(0, Math.min(count() - 1, Math.floor(share * count())));
  };
  const filter = (from: number, to: number) => {
    const { min, max } = boundsOf(bins(), from, to);
    props.onRange(min, max);
  };

  return (
    <>
      <svg
        class={styles.chart}
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 18}`}
        role="img"
        aria-label={summary()}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.preventDefault();
          event.currentTarget.setPointerCapture(event.pointerId);
          const bin = binAt(event);
          setDrag({ from: bin, to: bin });
        }}
        onPointerMove={(event) => {
          const range = drag();
          if (range) setDrag({ ...range, to: binAt(event) });
        }}
        onPointerUp={() => {
          const range = drag();
          setDrag(null);
          if (range) filter(range.from, range.to);
        }}
        onPointerCancel={() => setDrag(null)}
      >
        <rect class={styles.ground} width={WIDTH} height={HEIGHT} />
        <For each={bins().counts}>
          {(one, bin) => {
            const width = () => WIDTH / count();
            const size = () => (one === 0 ? 0 : Math.max(MIN_PX, ((HEIGHT - TOP) * one) / most()));
            return (
              <>
                <rect
                  class={isIn(bin()) ? styles.chosen : styles.free}
                  x={bin() * width()}
                  width={width()}
                  height={HEIGHT}
                >
                  <title>{`${rangeText(bin())}: ${toNumberText(one)}`}</title>
                </rect>
                <rect
                  class={styles.bar}
                  x={bin() * width()}
                  y={HEIGHT - size()}
                  width={Math.max(1, width() - 1)}
                  height={size()}
                />
              </>
            );
          }}
        </For>
        <path class={styles.axis} d={`M0 ${HEIGHT + 0.5}H${WIDTH}`} />
        <For each={labels()}>
          {(label) => (
            <text class={styles.label} x={label.x} y={HEIGHT + 14} text-anchor={label.anchor}>
              {label.text}
            </text>
          )}
        </For>
      </svg>
      <p class={styles.hint}>
        {bins().isLog ? 'Logarithmic. ' : ''}Drag over the bars to filter.{' '}
        <Button size="small" look="quiet" aria-expanded={isTable()} onClick={() => setIsTable(!isTable())}>
          As a table
        </Button>
      </p>
      <Show when={isTable()}>
        <table class={styles.table}>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col">Records</th>
              <td />
            </tr>
          </thead>
          <tbody>
            <For each={bins().counts}>
              {(one, bin) => (
                <Show when={one > 0}>
                  <tr>
                    <td>{text(bins().edges[bin()] ?? 0)}</td>
                    <td>{text(bins().edges[bin() + 1] ?? 0)}</td>
                    <td>{toNumberText(one)}</td>
                    <td>
                      <Button
                        size="small"
                        look="quiet"
                        aria-label={`Filter between ${rangeText(bin())}`}
                        onClick={() => filter(bin(), bin())}
                      >
                        Filter
                      </Button>
                    </td>
                  </tr>
                </Show>
              )}
            </For>
          </tbody>
        </table>
      </Show>
    </>
  );
};
