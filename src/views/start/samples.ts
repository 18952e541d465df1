/** Logs that come with the app, in public/samples: one line per file. */

export interface Sample {
  /** File name below `samples/`. */
  readonly file: string;
  readonly title: string;
  readonly note: string;
}

export const SAMPLES: readonly Sample[] = [
  { file: 'payments-api.log', title: 'Pool exhaustion', note: 'a service after a deploy' },
];
