import { Mail, MessagesSquare, Send, Webhook } from 'lucide-react'
import type { ListedChannel } from '../schema'

const icons = { telegram: Send, email: Mail, discord: MessagesSquare, webhook: Webhook } as const

/** The sign of a kind of channel; its word stands beside it. */
export function ChannelIcon({ kind }: { kind: ListedChannel['kind'] }) {
  const Icon = icons[kind]
  return <Icon aria-hidden className="size-4 shrink-0 stroke-[1.75] text-ink-3" />
}
