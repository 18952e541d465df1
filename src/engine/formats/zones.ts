/**
 * Zone names as logs write them, to minutes east of UTC.
 *
 * Abbreviations are no standard: several name more than one zone. The reading below is the one that logs of servers
 * and of RFC 2822 mail mean most often; a person can always set the zone of a source.
 *
 *   BST   British Summer Time (+60), not Bangladesh (+360) or Bougainville
 *   CST   US Central (−360), as RFC 2822 says, not China (+480) or Cuba
 *   EST   US Eastern (−300), not Australian Eastern (which is AEST here)
 *   IST   India (+330), not Ireland or Israel
 *   AST   Atlantic (−240), not Arabia
 *   AMT   Amazon (−240), not Armenia
 *   GST   Gulf (+240), not South Georgia
 *   SST   Singapore (+480), not Samoa
 *   PST   US Pacific (−480), not the Philippines
 *
 * @see https://www.rfc-editor.org/rfc/rfc2822#section-4.3
 * @see https://www.iana.org/time-zones
 */
export const ZONE_OFFSETS: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  UT: 0,
  Z: 0,
  WET: 0,
  WEST: 60,
  BST: 60,
  CET: 60,
  CEST: 120,
  MET: 60,
  MEST: 120,
  EET: 120,
  EEST: 180,
  SAST: 120,
  CAT: 120,
  WAT: 60,
  EAT: 180,
  MSK: 180,
  MSD: 240,
  TRT: 180,
  IDT: 180,
  GST: 240,
  AZT: 240,
  SAMT: 240,
  YEKT: 300,
  PKT: 300,
  UZT: 300,
  IST: 330,
  NPT: 345,
  OMST: 360,
  ICT: 420,
  WIB: 420,
  KRAT: 420,
  HKT: 480,
  SGT: 480,
  SST: 480,
  PHT: 480,
  MYT: 480,
  AWST: 480,
  IRKT: 480,
  WITA: 480,
  JST: 540,
  KST: 540,
  WIT: 540,
  YAKT: 540,
  ACST: 570,
  ACDT: 630,
  AEST: 600,
  AEDT: 660,
  VLAT: 600,
  MAGT: 660,
  NZST: 720,
  NZDT: 780,
  PETT: 720,
  NST: -210,
  NDT: -150,
  AST: -240,
  ADT: -180,
  AMT: -240,
  CLT: -240,
  CLST: -180,
  BRT: -180,
  BRST: -120,
  ART: -180,
  UYT: -180,
  EST: -300,
  EDT: -240,
  COT: -300,
  PET: -300,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
  HDT: -540,
};

/** Length of the longest name in `ZONE_OFFSETS`. */
export const ZONE_NAME_MAX = 4;
