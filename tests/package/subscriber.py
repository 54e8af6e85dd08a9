"""A subscriber as in the README: appends the number of each alert to a file."""
import sys

from presswatch import Subscriber

folder = sys.argv[1]
with open(folder + "/seen", "a", encoding="ascii", buffering=1) as seen:
    for alert in Subscriber(cursor=folder + "/cursor", since=3600):
        seen.write(f"{alert['_seq']}\n")
