import { plainText } from '../domain/plain-text.ts'
import { readJson, readRecord } from './frame-reader.ts'
import type { ModelInfo } from './gateway.ts'

const MAX_MODELS = 500

/** Models of an OpenAI-shaped catalogue (`data[].id`), without prices: those in it are not what is charged. Null where it cannot be read or is empty. */
export function parseCatalogue(
  facts: Pick<ModelInfo, 'gatewayId' | 'ownedBy' | 'proof'>,
  status: number,
  bodyText: string,
): readonly ModelInfo[] | null {
  if (status !== 200) return null
  const list = readRecord(readJson(bodyText))?.data
  if (!Array.isArray(list)) return null
  const models = list.slice(0, MAX_MODELS).flatMap((entry): ModelInfo[] => {
    const model = readRecord(entry)
    if (typeof model?.id !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(model.id)) return []
    return [
      {
        ...facts,
        id: model.id,
        ownedBy: typeof model.owned_by === 'string' ? plainText(model.owned_by, 60) : facts.ownedBy,
        contextLength: readCount(model.context_length),
        maxOutputTokens: readCount(model.max_output_length),
        pricing: null,
      },
    ]
  })
  return models.length === 0 ? null : models
}

function readCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null
}
