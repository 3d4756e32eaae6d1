import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { installPageApi } from '../src/page/install-page-api.ts'

export default defineUnlistedScript(installPageApi)
