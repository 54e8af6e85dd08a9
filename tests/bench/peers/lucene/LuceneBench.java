import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.Version;

/**
 * Runs stored queries over batches of documents with Lucene: a batch is indexed in memory, then each query is run over it.
 *
 * <p>usage: LuceneBench QUERIES.tsv DOCS.tsv BATCH; lines of "id TAB query" and "id TAB text". Prints a JSON object:
 * version, documents, matches, and seconds of CPU time of this thread for one pass, after one pass to warm up.
 */
public final class LuceneBench {
  private final Analyzer analyzer = new StandardAnalyzer();
  private final List<Query> queries = new ArrayList<>();
  private final List<String> docs = new ArrayList<>();

  public static void main(String[] args) throws Exception {
    LuceneBench bench = new LuceneBench();
    for (String line : Files.readAllLines(Path.of(args[1]))) bench.docs.add(line.split("\t", 2)[1]);
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      bench.queries.add(new QueryParser("text", bench.analyzer).parse(line.split("\t", 2)[1]));
    }
    int batch = Integer.parseInt(args[2]);
    bench.run(batch);
    var threads = ManagementFactory.getThreadMXBean();
    long begun = threads.getCurrentThreadCpuTime();
    long matches = bench.run(batch);
    double seconds = (threads.getCurrentThreadCpuTime() - begun) / 1e9;
    System.out.printf(
        "{\"version\": \"%s\", \"items\": %d, \"matches\": %d, \"cpu\": %.4f}%n",
        Version.LATEST, bench.docs.size(), matches, seconds);
  }

  private long run(int batch) throws Exception {
    long matches = 0;
    for (int first = 0; first < docs.size(); first += batch) {
      matches += match(docs.subList(first, Math.min(first + batch, docs.size())));
    }
    return matches;
  }

  private long match(List<String> texts) throws Exception {
    try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
        for (String text : texts) {
          Document document = new Document();
          document.add(new TextField("text", text, Field.Store.NO));
          writer.addDocument(document);
        }
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        long matches = 0;
        for (Query query : queries) matches += searcher.count(query);
        return matches;
      }
    }
  }
}
