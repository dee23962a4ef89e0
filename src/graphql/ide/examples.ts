/** A window that the IDE opens with: operations to run one after the other, each by its own button. */
export interface ExampleWindow {
  readonly name: string;
  readonly query: string;
  /** JSON in which `{{name}}` stands for what an earlier answer left in the environment. */
  readonly variables: string;
}

/**
 * Runs in the IDE after each answer: keeps in the environment what the next operations refer to, so that a visitor
 * can run them in order without copying anything.
 */
export const KEEP_FOR_NEXT = `
const { data } = JSON.parse(altair.response.body);
if (!data) return;
const session = data.register ?? data.continueAsGuest;
const progress = data.startStory ?? data.makeChoice?.progress;
const found = {
  accessToken: session?.accessToken,
  storyId: data.stories?.nodes?.[0]?.id,
  progressId: progress?.id,
  step: progress?.step,
  currentNodeId: progress?.currentNode?.id,
  choiceId: progress?.currentNode?.choices?.[0]?.id,
  newStoryId: data.createStory?.id,
};
for (const [name, value] of Object.entries(found)) {
  if (value !== undefined) await altair.helpers.setEnvironment(name, String(value), true);
}
`;

/** What {@link KEEP_FOR_NEXT} fills. */
export const EMPTY_ENVIRONMENT = {
  accessToken: '',
  storyId: '',
  progressId: '',
  currentNodeId: '',
  choiceId: '',
  // A string, as Altair takes the number 0 for a missing value.
  step: '0',
  newStoryId: '',
};

/** The last one is on top. */
export const EXAMPLES: readonly ExampleWindow[] = [
  {
    name: 'Write a story',
    query: `# Writing takes an account. Choose a name and a password of your own, then run these from the top.
mutation Register {
  register(input: { username: "ada", email: "ada@example.org", password: "change me please" }) {
    accessToken
    user { id username role }
  }
}

mutation CreateStory {
  createStory(
    input: {
      title: "The Lighthouse"
      description: "A lamp that nobody lit."
      category: "mystery"
      difficultyLevel: EASY
      tags: ["sea"]
    }
  ) {
    id
    slug
  }
}

mutation AddTheFirstNode($newStoryId: ID!) {
  addNode(
    storyId: $newStoryId
    input: { title: "The Door", content: "It is *not* locked.", type: CHOICE }
  ) {
    id
    key
    isStart
    revision
  }
}

# Everything that keeps the story from being published, each with its place and its fix.
query Validate($newStoryId: ID!) {
  validateStory(storyId: $newStoryId) {
    isValid
    findings { code severity nodeKey message fix }
  }
}

query MyDrafts {
  draftStories {
    nodes {
      title
      draft { nodes { nodes { key title choices { letter text toNode { key } } } } }
    }
  }
}
`,
    variables: `{
  "newStoryId": "{{newStoryId}}"
}`,
  },
  {
    name: 'Play a story',
    query: `# Run these from the top, each by the button above it.
# This makes a guest. Register later with the same token, and the guest's progress becomes the account's.
mutation ComeIn {
  continueAsGuest {
    accessToken
    expiresIn
    user { id username role }
  }
}

# Search forgives typos; orderBy is RELEVANCE (with a query), RECENT, POPULAR, TOP_RATED or TITLE.
query FindAStory {
  stories(filter: { query: "dark forrest" }, first: 5) {
    totalCount
    nodes { id title description category difficultyLevel author { username } }
  }
}

# Starts the story, or takes it up where you left it.
mutation Start($storyId: ID!) {
  startStory(storyId: $storyId) {
    id
    step
    currentNode { id title content choices { id letter text } }
  }
}

# Takes the first choice; run it again to go on. To take another, put its id into the variables below.
# The same choice sent twice for the same step is made once, and answered alike.
mutation Choose($input: MakeChoiceInput!) {
  makeChoice(input: $input) {
    consequences
    isEnding
    progress {
      id
      step
      currentNode { id title content choices { id letter text } }
    }
  }
}

query WhatIHaveDone {
  userStats { storiesStarted storiesCompleted totalChoicesMade }
  progress(first: 5) { nodes { step isCompleted story { title } currentNode { title } } }
}
`,
    variables: `{
  "storyId": "{{storyId}}",
  "input": {
    "progressId": "{{progressId}}",
    "currentNodeId": "{{currentNodeId}}",
    "choiceId": "{{choiceId}}",
    "step": {{step}}
  }
}`,
  },
];
