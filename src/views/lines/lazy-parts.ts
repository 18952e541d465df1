/** Parts of the page that not every log needs at once: each is fetched when it is first shown. */
import { latePart } from '../../ui/late-part';

export const DetailsDrawer = latePart(async () => ({
  default: (await import('../details/DetailsDrawer')).DetailsDrawer,
}));
export const HexView = latePart(async () => ({ default: (await import('../details/HexView')).HexView }));
export const NothingLeft = latePart(async () => ({ default: (await import('../filter/NothingLeft')).NothingLeft }));
export const NamedFilters = latePart(async () => ({
  default: (await import('../highlights/NamedFilters')).NamedFilters,
}));
export const MarksPanel = latePart(async () => ({ default: (await import('../marks/MarksPanel')).MarksPanel }));
export const ResultsPane = latePart(async () => ({ default: (await import('../results/ResultsPane')).ResultsPane }));
export const OpeningPanel = latePart(async () => ({ default: (await import('../sources/OpeningPanel')).OpeningPanel }));
export const SourcesPanel = latePart(async () => ({ default: (await import('../sources/SourcesPanel')).SourcesPanel }));
export const TimelineTable = latePart(async () => ({
  default: (await import('../timeline/TimelineTable')).TimelineTable,
}));
export const TopValuesPanel = latePart(async () => ({
  default: (await import('../values/TopValuesPanel')).TopValuesPanel,
}));
export const ValueMenus = latePart(async () => ({ default: (await import('../values/ValueMenus')).ValueMenus }));
