/** Parts of the page that not every log needs at once: each is fetched when it is first shown. */
import { lazy } from 'solid-js';

export const DetailsDrawer = lazy(async () => ({ default: (await import('../details/DetailsDrawer')).DetailsDrawer }));
export const HexView = lazy(async () => ({ default: (await import('../details/HexView')).HexView }));
export const NothingLeft = lazy(async () => ({ default: (await import('../filter/NothingLeft')).NothingLeft }));
export const NamedFilters = lazy(async () => ({ default: (await import('../highlights/NamedFilters')).NamedFilters }));
export const MarksPanel = lazy(async () => ({ default: (await import('../marks/MarksPanel')).MarksPanel }));
export const ResultsPane = lazy(async () => ({ default: (await import('../results/ResultsPane')).ResultsPane }));
export const OpeningPanel = lazy(async () => ({ default: (await import('../sources/OpeningPanel')).OpeningPanel }));
export const SourcesPanel = lazy(async () => ({ default: (await import('../sources/SourcesPanel')).SourcesPanel }));
export const TimelineTable = lazy(async () => ({ default: (await import('../timeline/TimelineTable')).TimelineTable }));
export const TopValuesPanel = lazy(async () => ({
  default: (await import('../values/TopValuesPanel')).TopValuesPanel,
}));
export const ValueMenus = lazy(async () => ({ default: (await import('../values/ValueMenus')).ValueMenus }));
