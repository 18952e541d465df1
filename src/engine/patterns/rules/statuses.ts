/** Default rules for what is known of an error only by its HTTP status. */

import type { ClassRule } from '../pattern';

export const STATUS_RULES: readonly ClassRule[] = [
  {
    id: 'status-unavailable',
    category: 'Infrastructure',
    severity: 'high',
    because: 'the answer was status 502, 503 or 504: a server behind it is away or slow',
    status: ['502', '503', '504'],
  },
  {
    id: 'status-failed',
    category: 'Code',
    severity: 'high',
    because: 'the answer was status 500: nobody handled a failure',
    status: ['5xx'],
  },
  {
    id: 'status-client',
    category: 'External',
    severity: 'low',
    because: 'the answer was a status of 4xx: the request was not accepted',
    status: ['4xx'],
  },
];
