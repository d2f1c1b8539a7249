import { AppError } from '@/kernel/app-error'
import { type Ctx, requirePermission } from '../context'
import { writeRole } from './change-role'
import { actingMemberId, findMember, lockMembers } from './find-member'

/** Makes another member an owner and the one who does it an admin, both or neither. Throws `bad_input` for oneself. */
export async function transferOwnership(ctx: Ctx, id: string): Promise<void> {
  requirePermission(ctx, 'members.transfer')
  await lockMembers(ctx)
  const [next, own] = [await findMember(ctx, id), await findMember(ctx, actingMemberId(ctx))]
  if (next.id === own.id) throw new AppError('bad_input', 'that is yourself', { reason: 'member.yourself' })
  if (next.role !== 'owner') await writeRole(ctx, next, 'owner')
  await writeRole(ctx, own, 'admin')
}
