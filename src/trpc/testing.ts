import { randomBytes } from 'node:crypto'
import type { Caller } from '@/accounts/caller'
import type { JobEvent } from '@/accounts/context'
import type { Role } from '@/accounts/rules-permissions'
import { createTestDeps, type TestWorkspace } from '@/accounts/testing'
import type { Database } from '@/db/client'
import { type RuntimeEnv, readRuntimeEnv } from '@/env'
import { AppError } from '@/kernel/app-error'
import { createInstallation } from '@/notifications/installation/installation'
import { createLinkSigner } from '@/notifications/links/sign-links'
import { NO_PART } from '@/notifications/weekly-part'
import { createTestStorage } from '@/storage/testing'
import type { TrpcContext } from './context'
import type { WebDeps } from './deps'
import type { HttpRuntime } from './http-context'

/** Secrets of one test run. */
export const testEnv: RuntimeEnv = readRuntimeEnv({
  DATABASE_URL: 'postgres://unused',
  AUTH_SECRET: randomBytes(32).toString('hex'),
  GLEANER_ENCRYPTION_KEY: randomBytes(32).toString('hex'),
})

/** A web process's dependencies that reach nothing; give the parts that your test is about. */
export function createTestWebDeps(db: Database, parts: Partial<WebDeps> = {}): WebDeps & { sent: JobEvent[] } {
  const refuse = (): never => {
    throw new AppError('unavailable', 'this test has no outlets')
  }
  return {
    ...createTestDeps(db),
    env: testEnv,
    transport: {
      fetch: async () => ({ kind: 'failed', reason: 'refused_address', detail: 'this test has no transport' }),
    },
    storage: createTestStorage(),
    outlets: {
      channel: refuse,
      say: refuse,
      appUrl: 'http://localhost:3000',
      installation: createInstallation(db, testEnv),
      links: createLinkSigner(testEnv.GLEANER_ENCRYPTION_KEY, 'http://localhost:3000'),
    },
    jobs: { mode: 'embedded', dashboard: null, registry: async () => new Map() },
    members: { handOver: async () => ({}), mailInvitation: async () => false },
    otherWeek: NO_PART,
    ...parts,
  }
}

/** What a procedure gets from a request of `caller`. */
export function createTestContext(deps: WebDeps, caller: Caller | null): TrpcContext {
  const door = { signIn: async () => undefined, signOut: async () => undefined }
  const headers = { headers: new Headers(), responseHeaders: new Headers() }
  return { deps, caller, locale: 'en', address: '127.0.0.1', door, ...headers }
}

type Seat = Pick<TestWorkspace, 'workspaceId' | 'memberId' | 'userId'>

/** The member of a test workspace, signed in, as the session gate would find them. */
export function sessionOf(mine: Seat, role: Role = 'owner'): Extract<Caller, { kind: 'session' }> {
  const { workspaceId, memberId, userId } = mine
  const user = { id: userId, email: 'test@example.org', name: 'Test', locale: 'en', administrator: false }
  const workspace = {
    ...{ workspaceId, memberId, role, name: 'Test', currency: 'PLN', timeZone: 'Europe/Warsaw', locale: 'en' },
    ...{ fiscalYearStart: 1, bargains: true, giving: true },
  }
  return { kind: 'session', sessionId: mine.memberId, user, workspace }
}

/** The same member by API key. */
export function tokenOf(mine: TestWorkspace, role: Role = 'owner', tokenId: string = mine.memberId): Caller {
  const { user, workspace } = sessionOf(mine, role)
  if (!workspace) throw new Error('a test workspace has a workspace')
  return { kind: 'token', tokenId, only: null, user, workspace }
}

/** For tests of the HTTP doors. */
export function createTestRuntime(deps: WebDeps): HttpRuntime {
  const { door } = createTestContext(deps, null)
  return { deps, env: testEnv, door }
}
