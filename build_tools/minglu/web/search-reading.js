// What the search's worker loads with the index: how a query is understood, and what is found put in order.

import { arranged } from "./search-order.js";
import { understood } from "./search-query.js";
import { isChinese, vocabularyOf } from "./search-vocabulary.js";

Object.assign(self, { MingluSearch: { arranged, understood, isChinese, vocabularyOf } });
