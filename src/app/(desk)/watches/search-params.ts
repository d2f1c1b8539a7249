import { createLoader, parseAsString } from 'nuqs/server'

/** A bookmarklet or a shared page brings its address along. */
export const loadNewWatchParams = createLoader({ link: parseAsString.withDefault('') })
