import * as z from 'zod'
import { lineSchema } from '../schema'

const nameSchema = lineSchema(120).min(1, 'fund.noName')

export const newFundSchema = z.object({ name: nameSchema })
export const renameFundSchema = z.object({ id: z.uuid(), name: nameSchema })
export const fundIdSchema = z.object({ id: z.uuid() })

export const listedFundSchema = z.object({ id: z.string(), name: z.string(), archived: z.boolean() })
export type ListedFund = z.output<typeof listedFundSchema>
