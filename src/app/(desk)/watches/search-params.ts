import { createLoader, parseAsString } from 'nuqs/server'
import { matchListParams } from '@/bargains/matches/ui/match-list-params'

/** A bookmarklet or a shared page brings its address along. */
export const loadNewWatchParams = createLoader({ link: parseAsString.withDefault('') })

export const loadMatchParams = createLoader(matchListParams)
