import type { StatusShape } from '@/ui/status-dot'
import type { Tone } from '@/ui/tones'
import { needsSomebody, searchState } from '../../watches/ui/watch-status'
import type { ListedSource } from '../schema'

export type SourceState = 'answers' | 'unused' | 'closed' | 'partly' | 'forbidden' | 'trouble'

/** How a marketplace treats us, as its hosts and this workspace's running searches tell. */
export function sourceState({ hosts, searches }: ListedSource): SourceState {
  if (hosts.some((host) => host.closedUntil !== null)) return 'closed'
  const running = searches.filter((search) => search.watches.some((watch) => !watch.paused))
  const read = running.filter((search) => search.health !== 'new')
  const sick = read.filter((search) => needsSomebody(searchState(search)))
  if (read.length === 0) return 'unused'
  if (sick.length === 0) return 'answers'
  if (sick.length < read.length) return 'partly'
  return sick.every((search) => search.health === 'forbidden') ? 'forbidden' : 'trouble'
}

export const sourceLooks: Record<SourceState, { tone: Tone; shape: StatusShape }> = {
  answers: { tone: 'good', shape: 'full' },
  unused: { tone: 'neutral', shape: 'ring' },
  closed: { tone: 'warn', shape: 'triangle' },
  partly: { tone: 'warn', shape: 'half' },
  forbidden: { tone: 'warn', shape: 'triangle' },
  trouble: { tone: 'bad', shape: 'triangle' },
}
