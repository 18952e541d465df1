/** Loupe about itself: how it is, and what leaves the device. Two pages of one dialog. */
import { type Component, Show } from 'solid-js';

import type { HealthFacts } from '../../state/health-facts';
import type { Workspace } from '../../state/workspace';
import { Choice } from '../../ui/Choice';
import { Dialog } from '../../ui/Dialog';
import type { Repair } from './health-checks';
import { HealthPage } from './HealthPage';
import { OutboundPage } from './OutboundPage';

export type SelfPage = 'health' | 'outbound';

interface HealthDialogProps {
  workspace: Workspace;
  /** Why workspaces are not kept; null: they are. */
  storeTrouble: HealthFacts['storeTrouble'];
  page: SelfPage;
  onPage: (page: SelfPage) => void;
  /** Repairs that are not the engine's or the storage's: they leave the page. */
  onRepair: (kind: Repair['kind']) => void;
  onClose: () => void;
}

const PAGES = [
  { value: 'health', label: 'Health' },
  { value: 'outbound', label: 'Outbound' },
] as const;

export const HealthDialog: Component<HealthDialogProps> = (props) => (
  <Dialog
    title={props.page === 'health' ? 'Health' : 'Outbound'}
    look="tall"
    head={
      <Choice
        label="Page"
        choices={PAGES}
        value={props.page}
        onChoose={(page) => props.onPage(page === 'outbound' ? 'outbound' : 'health')}
      />
    }
    onClose={props.onClose}
  >
    <Show when={props.page === 'health'} fallback={<OutboundPage workspace={props.workspace} />}>
      <HealthPage workspace={props.workspace} storeTrouble={props.storeTrouble} onRepair={props.onRepair} />
    </Show>
  </Dialog>
);
