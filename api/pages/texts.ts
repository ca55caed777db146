/**
 * All words of the pages, in one place, so that a language can be added. Words in braces, like `{n}`, are filled in by the
 * scripts. What the service says of a field ("must not be empty") comes from the contract.
 */
const number = (value: number) => new Intl.NumberFormat(texts.locale).format(value);

export const texts = {
  locale: 'en-GB',

  frame: {
    skip: 'Skip to the content',
    nav: 'Pages',
    propose: 'Propose a talk',
    mine: 'My talks',
    questions: 'Questions? Write to us:',
    reference: 'For programs: the HTTP API',
    error: 'Error: ',
  },

  time: {
    inPlace: (place: string) => `in ${place}`,
    forYou: '{time} on {date} for you',
  },

  stages: { now: 'Now', done: '(done)' },

  counter: {
    limit: (max: number) => `At most ${number(max)} characters`,
    count: '{n} of at most {max} characters',
    over: '{n} characters too many',
  },

  call: {
    title: 'Call for speakers',
    opensAt: 'Opens on',
    closesAt: 'The call is open until',
    closedAt: 'The call closed on',
    propose: 'Propose a talk',
    dates: 'Dates',
    opens: 'Opens',
    closes: 'Closes',
    answers: 'Answers',
    edits: 'Changes until',
    lookedFor: 'What we are looking for',
    tracks: 'Tracks',
    formats: 'Formats',
    chosen: 'How talks are chosen',
    questions: 'Talks are judged by these questions:',
    stageNames: { moderation: 'First check', shortlisting: 'Shortlist', selection: 'Selection' },
    byPeople: 'People read and decide.',
    automatic: 'Decided by the rules of the call, without people.',
    stages: 'A talk goes through these stages:',
    hidden: (fields: string) => `Reviewers don't see ${fields}.`,
    hiddenFields: {
      'speaker.name': 'your name',
      'speaker.email': 'your email address',
      'speaker.bio': 'what you say about yourself',
      'speaker.country': 'your country',
      coSpeakers: 'your co-speakers',
      links: 'your links',
      notes: 'your notes',
      consents: 'your consents',
    },
    answersAtDate: 'All answers come on',
    answersByOrganisers: 'The organisers announce all answers themselves; there is no date yet.',
    answersAtOnce: 'Each answer comes as soon as it is decided.',
    attendance: 'Accepted speakers are asked to confirm that they will come.',
    changes: 'What can be changed',
    changesUntil: 'You can change everything in your talk until',
    changesAfter: (fields: string) =>
      `If your talk is accepted, you can still change ${fields} for as long as you can cancel it.`,
    changesNotAfter: 'If your talk is accepted, it stays as it is then.',
    noProposals: 'No more talks can be proposed.',
    isYours: 'Is your talk in?',
    getLink: 'Get your link by email',
  },

  fields: {
    title: 'Title',
    description: 'Description',
    track: 'Track',
    format: 'Format',
    level: 'Level',
    language: 'Language of the talk',
    links: 'Links',
    notes: 'Notes for the committee',
    consents: 'Consents',
    coSpeakers: 'Co-speakers',
    'speaker.name': 'Your name',
    'speaker.email': 'Your email address',
    'speaker.bio': 'About you',
    'speaker.country': 'Country',
  },

  /** The same fields, within a sentence. */
  named: {
    title: 'the title',
    description: 'the description',
    track: 'the track',
    format: 'the format',
    level: 'the level',
    language: 'the language',
    links: 'the links',
    notes: 'the notes',
    consents: 'the consents',
    coSpeakers: 'the co-speakers',
    'speaker.name': 'your name',
    'speaker.email': 'your email address',
    'speaker.bio': 'what you say about yourself',
    'speaker.country': 'your country',
  },

  form: {
    title: 'Propose a talk',
    until: 'Open until',
    changeUntil: 'You can change everything until',
    yourTalk: 'Your talk',
    you: 'You',
    else: 'Anything else',
    optional: '(optional)',
    choose: 'Please choose',
    problem: 'There is a problem',
    hints: {
      description: 'What the audience hears and what it takes home. Reviewers read this first.',
      language: 'A code like en, de or pt-BR.',
      links: 'One on each line: earlier talks, slides, videos. They begin with https://',
      notes: 'Only the committee reads them.',
      email: 'The receipt and the answer go there.',
      coSpeakers: 'Each gets an invitation once you have confirmed your own address.',
    },
    levels: { '': 'For everyone', beginner: 'Beginner', intermediate: 'Intermediate', advanced: 'Advanced' },
    coSpeaker: (at: number) => `Co-speaker ${at}`,
    coSpeakerName: 'Name',
    coSpeakerEmail: 'Email address',
    addCoSpeaker: 'Add a co-speaker',
    agree: 'I agree',
    submit: 'Submit the talk',
    receipt: 'You get a receipt by email at once.',
    sending: 'Sending…',
    slowly: 'This takes longer than usual. Your text is safe on this device.',
    kept: 'Kept on this device at {time}.',
    clear: 'Clear',
    /** Of required fields that were left empty. */
    missing: {
      title: 'Give the talk a title',
      description: 'Describe the talk',
      track: 'Choose a track',
      format: 'Choose a format',
      'speaker.name': 'Enter your name',
      'speaker.email': 'Enter your email address',
    },
    missingConsent: 'We need your agreement to this',
    ofLine: (at: number, message: string) => `Line ${at} ${message}`,
    tooMany: (seconds: number) =>
      `Many talks are coming in from your network. Try again in ${seconds} second${seconds === 1 ? '' : 's'}.`,
    notReceivedHeading: 'We have not received your talk yet',
    notReceived:
      'We can’t reach our records. Your text is below, and nothing of it is lost. Send it again in a minute: it becomes one talk, however often you send it.',
    usedHeading: 'You have sent another text from this form before',
    used: 'That talk is with us. To propose this text as another talk, submit it again. To change the first one, use its own page.',
    brokenHeading: 'Something went wrong on our side',
    broken:
      'Your text is below, and nothing of it is lost. Send it again in a minute, and write to us if it happens again.',
    refused: 'Your text is below, and nothing of it is lost.',
    tooManyHeading: 'Please wait a moment',
    closedWithText: 'Your text was not submitted. Here it is, to copy:',
    copyText: 'Copy my text',
    copied: 'Copied.',
  },

  closed: { title: 'The call is closed' },
  notOpen: { title: 'The call is not open yet' },

  received: {
    title: 'We have your talk',
    lead: 'We send a receipt to the address you gave. If many mails went there today, it comes tomorrow.',
    next: 'What happens next',
    confirm: 'Confirm your address',
    confirmHow: 'Press the button on the page that the receipt links to. Until then our mails name no details.',
    review: 'Review',
    reviewHow: 'Your talk is judged as the call says.',
    answer: 'Answer',
    keyHeading: 'Your link',
    key: 'This link is your key. Keep it, or ask for a new one by email. Whoever has it can act in your place.',
    copyLink: 'Copy my link',
    copied: 'Copied.',
    code: 'Your private code, if a page asks for it:',
    see: 'See your talk',
    late: 'Nothing after ten minutes? Look in spam, or correct the address on the page of your talk.',
  },

  submission: {
    tags: {
      received: 'Received',
      review: 'Under review',
      waitlisted: 'Waiting list',
      accepted: 'Accepted',
      awaited: 'Answer needed',
      confirmed: 'Confirmed',
      declined: 'Declined',
      lapsed: 'Lapsed',
      canceled: 'Cancelled',
      'no-place': 'Not accepted',
      rejected: 'Not accepted',
      withdrawn: 'Withdrawn',
      failed: 'Could not be processed',
    },
  },

  /** Forms that need the code in the link of a mail. */
  code: {
    label: 'Your private code',
    hint: 'Paste all after # in the link that we sent you.',
    missing: 'Paste your private code',
    sending: 'Sending…',
    slowly: 'This takes longer than usual. You can wait, or come back later with the same link.',
    unsent: 'We could not reach the service. Nothing is confirmed yet. You can press the button again.',
  },

  ended: {
    title: 'This link does not work any more',
    lead: 'A newer one has replaced it, or what it was for is over. If you copied it, check that it is whole.',
    getLink: 'Get your link by email',
    orWrite: 'If that does not help, write to us:',
  },

  /** Above the same form, which can be sent again. */
  failed: {
    down: { heading: 'We can’t reach our records', lead: 'Nothing of yours is lost. Try again in a minute.' },
    broken: {
      heading: 'Something went wrong on our side',
      lead: 'Nothing of yours is lost. Try again, and write to us if it happens again.',
    },
    busyHeading: 'Too many requests',
    busy: (seconds: number) =>
      `Many requests are coming in from your network. Try again in ${seconds} second${seconds === 1 ? '' : 's'}.`,
  },

  proof: {
    title: 'Is this your address?',
    lead: (call: string) =>
      `Somebody, most likely you, gave it for a talk at ${call}. Once you have confirmed it, our mails can say which talk they are about, and you can read and change the talk.`,
    mine: 'Yes, this is my address',
    otherwise: 'You know nothing of a talk? Then say so, and our mails about it stop.',
    notMine: 'This isn’t mine',
  },

  notMine: {
    title: 'This talk isn’t yours?',
    lead: 'Our mails about it to this address stop, and this is what becomes of the talk:',
    follows: [
      'Was it proposed with this address? Then it is withdrawn, and all links to it stop working.',
      'Was this address only to replace another one? Then the talk stays where it is, with the other address.',
    ],
    final: 'This can’t be undone.',
    act: 'This isn’t mine: stop the mails',
    keep: 'Keep it',
    done: 'Our mails about this talk stop',
    doneLead: 'Thank you for telling us. You don’t have to do anything more.',
    question: 'Do you want to know more? Write to us:',
  },

  undo: {
    title: 'Was it you?',
    lead: (call: string) => `Somebody gave another address for a talk that was proposed to ${call} with this one.`,
    you: 'It was you? Then you don’t have to do anything here: confirm the other address.',
    notYou:
      'It was not you? Then keep this address: the talk comes back to it, the other address no longer counts, and all older links to the talk stop working. You get a new one.',
    act: 'Keep this address',
    ended:
      'The time to take the talk back is over, or the change was given up. If you have talks with this address, get a link to them.',
  },

  coSpeaker: {
    title: 'Will you be a co-speaker?',
    titles: { accepted: 'You are a co-speaker', declined: 'You have declined' },
    lead: (call: string) =>
      `Somebody has named you as a co-speaker of a talk at ${call}. Open the invitation to see whose talk it is, and to answer.`,
    open: 'Open the invitation',
    names: (call: string) => `has proposed this talk to ${call}, with you as a co-speaker:`,
    printed: 'Your name, as printed',
    stands: 'The talk',
    follow: 'See where the talk is',
    accept: 'Accept',
    decline: 'Decline',
    acceptAfterAll: 'Accept after all',
    declineAfterAll: 'Decline after all',
    said: { accepted: 'We have your answer: you accept', declined: 'We have your answer: you decline' },
    changeable: 'You can change your answer here, as long as the talk has not left the selection or the programme.',
    over: 'This talk has ended. There is nothing to answer any more.',
    wrongName: 'Is your name wrong? Then ask for a correction from',
    concluded: {
      heading: 'The talk has ended meanwhile',
      lead: 'Your answer was not changed. What stands is below.',
    },
    tooMany: {
      heading: 'Too many changes',
      lead: 'Your answer was not changed. Write to us, and we change it.',
    },
    ended:
      'Perhaps you are no longer named as a co-speaker of this talk. Ask whoever invited you. If you have talks of your own here, get a link to them.',
  },

  access: {
    title: 'Get your link by email',
    lead: 'We send you a link to all talks that were proposed with your address.',
    email: 'Email address',
    hint: 'Just as you gave it with your talk.',
    send: 'Send me my link',
    missing: 'Enter your email address',
    malformed: 'Enter an email address like ada@example.org',
    sentTitle: 'Look for our mail',
    sent: 'If that address has talks here, a mail with the link is on its way. It can take some minutes.',
    nothing: 'Nothing after ten minutes? Look in spam, or try the other address that you may have given.',
    again: 'Ask for a link again',
  },

  mine: {
    title: 'My talks',
    lead: 'Open the list with the link that we sent you, or with the private code in it.',
    open: 'Open my talks',
    noLink: 'No link at hand? Get one by email',
    empty: 'No talk with this address yet.',
    asked: (count: number) => {
      if (count === 0) return 'You don’t have to do anything right now.';
      return count === 1
        ? 'One of them needs an answer from you.'
        : `${number(count)} of them need an answer from you.`;
    },
    lines: {
      received: 'We write to you when there is an answer.',
      review: 'We write to you when there is an answer.',
      waitlisted: 'If a place comes free, we write to you at once.',
      accepted: 'It has a place in the programme.',
      awaited: 'Please say whether you will come.',
      confirmed: 'You have said that you will come.',
      declined: 'You have said that you can’t come.',
      lapsed: 'No answer came in time.',
      canceled: 'It has left the programme.',
      'no-place': 'No place came free.',
      rejected: 'We could not give it a place in the programme.',
      withdrawn: 'It has left the selection.',
      failed: 'Write to us if you want to know more.',
    },
    unproved: 'It was proposed with your address. Is it yours? Until you say so, our mails about it name no details.',
    mine: 'Yes, this is mine',
    notMine: 'This isn’t mine',
    openTalk: 'Open the talk',
    answer: 'Answer now',
    endLinks: 'End my old links',
    propose: 'Propose a talk',
    another: 'Propose another talk',
    anHour: 'The link to this list works for an hour. For a new one, ask again by email.',
    wrong: 'This code opens nothing. Copy all that stands after # in your newest link, or get a new one here.',
    workedUntil: 'This link worked until',
    askAgain: 'Get a new one here.',
  },

  errors: {
    notFound: {
      title: 'We can’t find that page',
      lead: 'Check the address: links break when a mail program wraps them.',
    },
    erased: {
      title: 'This talk was erased',
      lead: 'At the request of its speaker or by the organisers. Nothing of it is kept here.',
    },
    down: { title: 'We can’t reach our records', lead: 'Nothing of yours is lost. Try again in a minute.' },
    tooMany: {
      title: 'Too many requests',
      lead: 'Many requests are coming in from your network. Try again in a minute.',
    },
    foreign: {
      title: 'The form was sent from another site',
      lead: 'Nothing was changed. Open the page here, and try again.',
    },
    broken: {
      title: 'Something went wrong on our side',
      lead: 'Nothing of yours is lost. Try again, and write to us if it happens again.',
    },
    other: { lead: 'Go back, and try again.' },
    toCall: 'Read the call',
    getLink: 'Get your link by email',
    requestId: 'If you write to us, name this request:',
  },

  problems: {
    title: 'Problems',
    lead: 'Every refusal of the HTTP API is a problem document (RFC 9457), whose type is one of these.',
    where: 'The reference says where each of them can occur.',
    status: (code: string, status: number) => `${code}, status ${status}`,
  },
};
