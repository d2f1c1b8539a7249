import { readMailState } from '@/notifications/deliveries/read-mail-state'
import { ageOf, type CheckPart } from './part'

/** Which way letters go, and how the last ones fared. Without a mail server they are files, which never fail. */
export const checkMailPart: CheckPart = async ({ db, clock, outlets }) => {
  const { mail } = await outlets.installation.settings()
  const { lastSentAt, lastFailure } = await readMailState(db)
  const figures = {
    way: mail.kind,
    lastSuccessSeconds: ageOf(lastSentAt, clock()),
    lastFailureSeconds: ageOf(lastFailure?.at ?? null, clock()),
    lastFailure: lastFailure?.reason ?? null,
  }
  const failing = lastFailure !== null && (!lastSentAt || lastFailure.at > lastSentAt)
  return failing
    ? { state: 'degraded', detail: `letters are not taken: ${lastFailure.reason}`, ...figures }
    : { state: 'ok', ...figures }
}
