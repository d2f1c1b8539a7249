'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { useToast } from '@/ui/toast'
import { useMomentWords } from '../../watches/ui/use-moment-words'
import type { HostView } from './host-line'
import { OverrideDialog } from './override-dialog'

/** What the host's robots.txt says, and the owner's word against it where there is one. */
export function RobotsLine({ host, canOverride }: { host: HostView; canOverride: boolean }) {
  const t = useTranslations('sources.robots')
  const { at } = useMomentWords()
  const { override, robots } = host
  if (!robots && !override) return null
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-table">
      <p className="min-w-0 flex-1 basis-80 text-ink-2">
        {override ? (
          <span>
            {t('overridden', { by: override.by, when: at(override.at) })}{' '}
            <q className="wrap-anywhere">{override.reason}</q>
          </span>
        ) : (
          robots && <RobotsWords robots={robots} />
        )}
      </p>
      {canOverride && (override || robots?.forbids) && <Word host={host} />}
    </div>
  )
}

function RobotsWords({ robots }: { robots: NonNullable<HostView['robots']> }) {
  const t = useTranslations('sources.robots')
  const { ago } = useMomentWords()
  const state = robots.forbids ? 'forbids' : robots.state
  const words = t(state, {
    when: ago(robots.state === 'unreachable' && robots.readAt ? robots.readAt : robots.checkedAt),
  })
  return (
    <span>
      {words} {robots.crawlDelay !== null && t('pace', { seconds: robots.crawlDelay })}
    </span>
  )
}

/** The owner gives the word, with a reason, or takes it back. */
function Word({ host }: { host: HostView }) {
  const t = useTranslations('sources.robots')
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const onSettled = () => client.invalidateQueries({ queryKey: trpc.sources.pathKey() })
  const giving = useMutation(trpc.sources.overrideRobots.mutationOptions({ onSettled }))
  const takingBack = useMutation(trpc.sources.obeyRobots.mutationOptions({ onSettled }))
  const { host: name, override } = host
  if (!override) {
    return (
      <OverrideDialog
        host={name}
        onGive={(reason) =>
          giving.mutate({ host: name, reason }, { onSuccess: () => toast.done(t('given', { host: name })) })
        }
      />
    )
  }
  const onUndo = () => giving.mutate({ host: name, reason: override.reason })
  return (
    <Button
      size="small"
      busy={takingBack.isPending}
      onClick={() =>
        takingBack.mutate({ host: name }, { onSuccess: () => toast.done(t('takenBack', { host: name }), { onUndo }) })
      }
    >
      {t('takeBack')}
    </Button>
  )
}
