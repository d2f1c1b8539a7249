import type { ReadVerdict } from './rules'

const MIB = 1024 * 1024

/** Packed bytes that are kept of bad pages at most: a page, a host, and all hosts. OLX's 3 MB pack to 0.4. */
export const mostKept = { page: 2 * MIB, host: 10 * MIB, all: 200 * MIB }

/** Pages with which a parser is mended: what was refused shows how a site refuses, and what was not read why. */
export function isWorthKeeping(verdict: ReadVerdict): boolean {
  return verdict === 'changed' || verdict === 'partial' || verdict === 'blocked' || verdict === 'held'
}
