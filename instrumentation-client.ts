// Next runs this before anything of the page: a workflow is on its way while the code that shows it is evaluated.
import { joinEarly } from '@/components/realtime/early-join';
import { fillInForPlainHttp } from '@/components/shell/plain-http';

fillInForPlainHttp();
joinEarly(location.pathname);
