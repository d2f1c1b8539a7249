import { createTestDeps, type TestWorkspace } from '@/accounts/testing'
import type { Database } from '@/db/client'
import { readEnv } from '@/env'
import { newId } from '@/kernel/ids'
import type { Channel, Outcome, Target } from './channels/channel'
import { type ChannelKind, channels } from './channels/table'
import type { OutboxDeps } from './deliveries/deliver-message'
import { createInstallation } from './installation/installation'
import type { InstallationEnv } from './installation/settings'
import { createLinkSigner } from './links/sign-links'
import type { Message } from './message'
import type { Outlets } from './outlets'
import type { NewSignal } from './signals/record-signal'

/** An installation where nothing is set; `world.env()` over it reaches the world. */
export const TEST_ENV: InstallationEnv = {
  ...readEnv({}),
  TELEGRAM_API_ROOT: 'http://127.0.0.1:20009',
  RESEND_BASE_URL: 'http://127.0.0.1:20009',
  GLEANER_ENCRYPTION_KEY: '11'.repeat(32),
}

/** A channel of the workspace, for tests. */
export async function createTestChannel(
  workspace: TestWorkspace,
  kind: ChannelKind = 'email',
  address = `${newId()}@example.org`,
): Promise<string> {
  const id = newId()
  const { workspaceId, memberId } = workspace
  await workspace.run((ctx) =>
    ctx.db.insert(channels).values({ id, workspaceId, memberId, kind, name: 'Test', address, locale: 'en' }),
  )
  return id
}

/** A signal worth telling, for tests; its key is its own unless one is given. */
export function testSignal(channelIds: readonly string[], changes: Partial<NewSignal> = {}): NewSignal {
  return { kind: 'test.news', dedupeKey: newId(), subjectId: null, watchId: null, facts: {}, channelIds, ...changes }
}

type Send = (target: Target, message: Message, key: string) => Promise<Outcome>

/** The outbox over a channel that answers as the test says. */
export function createTestOutbox(db: Database, send: Send, clock?: () => Date): OutboxDeps {
  const channel = (kind: ChannelKind): Channel => ({
    kind,
    send: (target, message, _reader, key) => send(target, message, key),
  })
  const outlets: Outlets = {
    channel: async (kind) => channel(kind),
    say: () => (signal) => testMessage(`News ${signal.id}`),
    appUrl: 'http://localhost:3000',
    links: createLinkSigner(TEST_ENV.GLEANER_ENCRYPTION_KEY, 'http://localhost:3000'),
    installation: createInstallation(db, TEST_ENV),
  }
  return { ...createTestDeps(db, clock), outlets }
}

/** A message of the simplest form. */
export function testMessage(heading: string, changes: Partial<Message> = {}): Message {
  return { tone: 'neutral', subject: heading, heading, photos: [], lines: [], actions: [], ...changes }
}
