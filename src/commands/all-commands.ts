/** Every command of the page, in the order in which sheet and palette show them. A new one is a line in its file's list. */
import type { Workspace } from '../state/workspace';
import { onRows, toRows } from './by-view';
import { analysisCommands } from './analysis-commands';
import { appCommands } from './app-commands';
import { chromeCommands } from './chrome-commands';
import type { Command } from './command';
import { filterCommands } from './filter-commands';
import { markCommands } from './mark-commands';
import { moveCommands } from './move-commands';
import { pageCommands } from './page-commands';
import type { PageVerbs } from './page-verbs';
import { paneCommands } from './pane-commands';
import { patternCommands } from './pattern-commands';
import { patternTableCommands } from './pattern-table-commands';
import { pauseCommands } from './pause-commands';
import { recordCommands } from './record-commands';
import { rowsCommands } from './rows-commands';
import { sourceCommands } from './source-commands';
import { timelineCommands } from './timeline-commands';
import { troubleCommands } from './trouble-commands';
import { valueCommands } from './value-commands';
import { viewCommands } from './view-commands';
import { windowCommands } from './window-commands';
import { workspaceCommands } from './workspace-commands';

export function createCommands(workspace: Workspace, page: PageVerbs): readonly Command[] {
  return [
    ...moveCommands(workspace, page),
    ...toRows(workspace, troubleCommands(workspace)),
    ...toRows(workspace, pauseCommands(workspace)),
    ...patternCommands(workspace, page),
    ...patternTableCommands(workspace, page),
    ...filterCommands(workspace, page),
    ...onRows(workspace, valueCommands(workspace)),
    ...onRows(workspace, recordCommands(workspace)),
    ...onRows(workspace, rowsCommands(workspace)),
    ...markCommands(workspace, page),
    ...sourceCommands(workspace),
    ...timelineCommands(workspace),
    ...viewCommands(workspace, page),
    ...toRows(workspace, paneCommands(workspace)),
    ...workspaceCommands(page),
    ...analysisCommands(workspace, page),
    ...pageCommands(workspace, page),
    ...windowCommands(page),
    ...chromeCommands(workspace, page),
    ...appCommands(page),
  ];
}
