'use client'

import { ArrowDown, CircleOff, Copy, RotateCcw, Sparkles, Star, TrendingDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Badge } from './badge'
import type { Tone } from './tones'

export type MatchTagKind = 'new' | 'cheaper' | 'lowest' | 'again' | 'gone' | 'repost' | 'favourite'

const looks: Record<MatchTagKind, { tone: Tone; icon: ReactNode }> = {
  new: { tone: 'wheat', icon: <Sparkles aria-hidden /> },
  cheaper: { tone: 'good', icon: <ArrowDown aria-hidden /> },
  lowest: { tone: 'good', icon: <TrendingDown aria-hidden /> },
  again: { tone: 'info', icon: <RotateCcw aria-hidden /> },
  gone: { tone: 'neutral', icon: <CircleOff aria-hidden /> },
  repost: { tone: 'neutral', icon: <Copy aria-hidden /> },
  favourite: { tone: 'wheat', icon: <Star aria-hidden /> },
}

/** The tags of a listing, the same everywhere: new, cheaper, lowest yet, again, gone, repost, favourite. */
export function MatchTag({ kind }: { kind: MatchTagKind }) {
  const t = useTranslations('ui.tag')
  const { tone, icon } = looks[kind]
  return (
    <Badge tone={tone} icon={icon}>
      {t(kind)}
    </Badge>
  )
}
