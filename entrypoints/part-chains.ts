import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { createChains } from '../src/chains/create-chains.ts'
import { providePart } from '../src/platform/parts.ts'

export default defineUnlistedScript(() => providePart('chains', { createChains }))
