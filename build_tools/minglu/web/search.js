// Material cuts a Chinese query by looking its characters up in the index. It never looks up the last one, and it stops at the first
// that it does not know: 电池鼓包 searches for 电池 alone, 怎么退货 for nothing. So the query is cut here before it goes to the worker: into
// the longest words that the index has (jieba has cut the pages into them), leaving out what it does not have and what says nothing.
(() => {
  const END = "々"; // stands on no page; behind a word, it makes the word's own last character be looked up
  const SAYS_NOTHING = new Set([..."的了吗呢吧啊我你他它能会是在有要也就都还被把给和与这那上下里去来", "怎么", "怎么办", "什么", "可以", "如何", "多久", "哪里", "一个", "还是", "为什么"]);
  const LONGEST = 8;
  let docs = [];
  let words;

  const send = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message?.type === 0 && message.data?.docs) [docs, words] = [message.data.docs, undefined];
    if (message?.type === 2 && typeof message.data === "string") message = { ...message, data: cut(message.data) };
    return send.call(this, message, ...rest);
  };

  function cut(query) {
    words ??= new Set(docs.flatMap(({ title, text, tags = [] }) => `${title} ${text} ${tags.join(" ")}`.match(/\p{sc=Han}+/gu) ?? []));
    return query.replace(/\p{sc=Han}+/gu, (run) => {
      const known = wordsOf(run);
      const telling = known.filter((word) => !SAYS_NOTHING.has(word));
      return ` ${(telling.length ? telling : known).map((word) => word + END).join(" ") || run} `;
    });
  }

  function wordsOf(run) {
    const found = [];
    for (let at = 0; at < run.length; ) {
      let length = Math.min(LONGEST, run.length - at);
      while (length > 1 && !words.has(run.slice(at, at + length))) length--;
      if (words.has(run.slice(at, at + length))) found.push(run.slice(at, at + length));
      at += length;
    }
    return found;
  }
})();
