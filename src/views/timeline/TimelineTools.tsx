/** Switches of the timeline, at the end of the legend. */
import { type Component, Show } from 'solid-js';

import type { TimelineStore } from '../../state/timeline';
import { Button, IconButton } from '../../ui/Button';
import { useTooltip } from '../../ui/keys';
import { toCountText } from '../../ui/size-text';

interface TimelineToolsProps {
  timeline: TimelineStore;
  isTableOpen: boolean;
  onTable: () => void;
}

export const TimelineTools: Component<TimelineToolsProps> = (props) => {
  const tooltip = useTooltip();
  return (
    <>
      <Show when={props.timeline.counts()?.farCount}>
        {(count) => (
          <Button
            size="small"
            look="quiet"
            title="The timeline leaves out what is far from all other records"
            onClick={() => props.timeline.toggleAllTimes()}
          >
            {props.timeline.areAllTimesShown()
              ? `Leave out ${toCountText(count(), 'far record')}`
              : `Show ${toCountText(count(), 'far record')}`}
          </Button>
        )}
      </Show>
      <Show when={(props.timeline.counts()?.all.binCount ?? 0) > 0}>
        <Show when={props.timeline.zoom.view()}>
          <Button
            size="small"
            look="quiet"
            title={tooltip('Zoom out to the whole time', 'timeline.whole')}
            onClick={() => props.timeline.zoom.showWhole()}
          >
            Whole time
          </Button>
        </Show>
        <Button
          size="small"
          look="quiet"
          aria-pressed={props.timeline.isLogScale()}
          title={tooltip('Logarithmic scale: equal steps are equal ratios', 'timeline.log-scale')}
          onClick={() => props.timeline.toggleLogScale()}
        >
          Log scale
        </Button>
        <IconButton
          icon="table"
          label="Timeline as a table"
          command="timeline.table"
          aria-expanded={props.isTableOpen}
          onClick={() => props.onTable()}
        />
      </Show>
    </>
  );
};
