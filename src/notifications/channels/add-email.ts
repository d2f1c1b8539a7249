import { type Ctx, requirePermission } from '@/accounts/context'
import { addChannel, channelExists, findActingMember, findByAddress } from './add-channel'
import type { NewEmail } from './schema'

/** A mailbox, in the language of the member who adds it. Throws `conflict` when it is there already. */
export async function addEmail(ctx: Ctx, { address, name = address }: NewEmail): Promise<{ id: string }> {
  requirePermission(ctx, 'channels.write')
  const member = await findActingMember(ctx)
  if (await findByAddress(ctx, 'email', address)) throw channelExists(address)
  const { id: memberId, locale } = member
  return { id: await addChannel(ctx, { kind: 'email', memberId, name, address, locale }) }
}
