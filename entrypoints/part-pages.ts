import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { createOwnPages } from '../src/background/create-own-pages.ts'
import { providePart } from '../src/platform/parts.ts'

export default defineUnlistedScript(() => providePart('pages', { createOwnPages }))
