/** One operation that the IDE opens with. */
export interface Example {
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Runs after the answer has come: keeps what the next examples need. */
  readonly afterwards?: string;
}

const keep = (name: string, path: string) => `
const answer = JSON.parse(altair.response.body || 'null') ?? altair.data;
const value = (altair.data?.data ?? answer?.data)?.${path};
if (value !== undefined) await altair.helpers.setEnvironment('${name}', value);`;

/** A first visit, in the order it is made. */
export const EXAMPLES: readonly Example[] = [
  {
    name: '1 Come in',
    query: `# Start here: this makes a guest, and keeps its access token for the other windows.
# (Register later with the same token, and the guest's progress becomes the account's.)
mutation ComeInAsGuest {
  continueAsGuest {
    accessToken
    expiresIn
    user { id username role }
  }
}`,
    afterwards: keep('accessToken', 'continueAsGuest.accessToken'),
  },
  {
    name: '2 Find a story',
    query: `# Full-text search forgives typos; orderBy is RECENT, POPULAR, TOP_RATED or TITLE.
query FindAStory($query: String) {
  stories(filter: { query: $query }, first: 5) {
    totalCount
    nodes {
      id
      slug
      title
      description
      category
      difficultyLevel
      author { username }
    }
  }
  storyCategories { name storyCount }
}`,
    variables: { query: 'dark forrest' },
  },
  {
    name: '3 Read its start',
    query: `# A story is found by its id or its slug.
query ReadTheStart($slug: String!) {
  story(slug: $slug) {
    id
    title
    startNode {
      title
      content
      choices { letter text toNode { title } }
    }
  }
}`,
    variables: { slug: 'the-dark-forest' },
  },
  {
    name: '4 Play',
    query: `# Run 1 first. This starts the story, or takes up where you left it.
# Then copy ids and step from the answer into makeChoice in window 5.
query MyProgress {
  progress(first: 5) {
    nodes { id step isCompleted story { title } currentNode { title } }
  }
}

mutation Start($storyId: ID!) {
  startStory(storyId: $storyId) {
    id
    step
    currentNode {
      id
      title
      content
      choices { id letter text }
    }
  }
}`,
    variables: { storyId: 'sty_1' },
  },
  {
    name: '5 Choose',
    query: `# Sending the same choice for the same step twice is harmless: it gives the same answer.
mutation Choose($input: MakeChoiceInput!) {
  makeChoice(input: $input) {
    consequences
    isEnding
    progress { step }
    nextNode {
      id
      title
      content
      choices { id letter text }
    }
  }
}`,
    variables: {
      input: { progressId: 'prg_1', currentNodeId: 'nod_1', choiceId: 'cho_1', step: 0 },
    },
  },
  {
    name: '6 Write',
    query: `# Writing takes an account: register with the guest's token, then use the new accessToken.
mutation Register {
  register(input: { username: "ada", email: "ada@example.org", password: "correct horse" }) {
    accessToken
    user { username role }
  }
}

mutation CreateStory {
  createStory(
    input: {
      title: "The Lighthouse"
      description: "A lamp that nobody lit."
      category: "mystery"
      difficultyLevel: EASY
    }
  ) {
    id
    slug
  }
}`,
    afterwards: keep('accessToken', 'register.accessToken'),
  },
];
