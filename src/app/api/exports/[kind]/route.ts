import { door } from '@/wiring/auth'
import { answerExport } from '@/wiring/import-doors'
import { runtime } from '@/wiring/runtime'

type Params = { params: Promise<{ kind: string }> }

export async function GET(request: Request, { params }: Params): Promise<Response> {
  return answerExport({ ...(await runtime()), door }, request, (await params).kind)
}
