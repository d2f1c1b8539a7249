import * as z from 'zod'

const nameSchema = z.string().trim().min(1, 'fund.noName').max(120)

export const newFundSchema = z.object({ name: nameSchema })
export const renameFundSchema = z.object({ id: z.uuid(), name: nameSchema })
export const fundIdSchema = z.object({ id: z.uuid() })

export const listedFundSchema = z.object({ id: z.string(), name: z.string(), archived: z.boolean() })
export type ListedFund = z.output<typeof listedFundSchema>
