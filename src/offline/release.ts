/** A release of the app: its version and the files it is made of. The build writes it into the service worker. */

export interface AppFile {
  /** Relative to the service worker. */
  readonly url: string;
  /** As `integrity` of a request takes it: `sha256-…`. */
  readonly integrity: string;
  readonly sizeBytes: number;
  /** Large, and not needed to open a log: kept when it is first used, or when all is asked for. */
  readonly isLater: boolean;
}

export interface Release {
  /** Made of all its files: two builds that differ in anything have different ones. */
  readonly version: string;
  readonly files: readonly AppFile[];
}

/** How much of a release is kept in this browser. */
export interface OfflineStatus {
  readonly version: string;
  readonly keptCount: number;
  readonly fileCount: number;
  readonly keptBytes: number;
  readonly totalBytes: number;
  /** All that opens logs is there; what is missing is used rarely, and large. */
  readonly isUsable: boolean;
}
