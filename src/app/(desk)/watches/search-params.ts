import { matchListParams } from '@/bargains/matches/ui/match-list-params'
import { readAddress, type SearchParams, text } from '@/ui/address'

/** A bookmarklet or a shared page brings its address along. */
export async function loadNewWatchParams(search: Promise<SearchParams>) {
  return readAddress({ link: text('') }, await search)
}

export async function loadMatchParams(search: Promise<SearchParams>) {
  return readAddress(matchListParams, await search)
}
