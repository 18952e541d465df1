/** Logs that come with the app, in public/samples. */

export interface Sample {
  readonly title: string;
  readonly note: string;
  /** File names below `samples/`, opened together. */
  readonly files: readonly string[];
}

export const SAMPLES: readonly Sample[] = [
  {
    title: 'Pool exhaustion',
    note: 'one incident in the logs of three services, merged by time',
    files: ['payments-api.log', 'gateway.jsonl', 'postgres.log'],
  },
  { title: 'The payment service alone', note: 'text with stack traces', files: ['payments-api.log'] },
  { title: 'The gateway alone', note: 'JSON lines', files: ['gateway.jsonl'] },
  { title: 'The database alone', note: 'PostgreSQL', files: ['postgres.log'] },
];
