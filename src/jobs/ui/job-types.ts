import type { inferRouterOutputs } from '@trpc/server'
import type { jobsRouter } from '../router'

type Outputs = inferRouterOutputs<typeof jobsRouter>

export type RunRow = Outputs['runs']['runs'][number]
export type RunFacts = Outputs['run']
export type StepFacts = RunFacts['steps'][number]
export type EventRow = Outputs['events']['events'][number]
export type FunctionRow = Outputs['functions'][number]
