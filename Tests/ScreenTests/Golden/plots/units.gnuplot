reset
set encoding utf8
set terminal svg size 960,712 font 'sans-serif,14' background rgb 'white' noenhanced
set output 'plot.svg'
set multiplot layout 2,2 title 'dense: what each unit sees' noenhanced
$field0 << EOD
-1.0 0.0 1.0
0.0 0.5 0.0
EOD
set border 3 linewidth 1 linecolor rgb '#555555'
set tics nomirror out scale 0.6 textcolor rgb '#333333'
set grid back linetype 1 linewidth 0.6 linecolor rgb '#dddddd'
set title offset 0,0.3 textcolor rgb '#222222'
set xlabel textcolor rgb '#333333'
set ylabel textcolor rgb '#333333'
set title offset 0,-0.4
set title 'unit 0' noenhanced
set xrange [0.0:1.0]
set yrange [0.0:1.0]
set palette defined (0 '#004A74', 1 '#0072B2', 2 '#80B9D9', 3 '#F7F7F7', 4 '#EAAF80', 5 '#D55E00', 6 '#8A3D00')
set cbrange [-1.0:1.0]
unset key
plot $field0 matrix using (0.0+($1+0.5)*0.3333333333333333):(0.0+($2+0.5)*0.5):3 with image notitle
reset
$field1 << EOD
-1.0 0.0 1.0
0.0 0.5 1.0
EOD
set border 3 linewidth 1 linecolor rgb '#555555'
set tics nomirror out scale 0.6 textcolor rgb '#333333'
set grid back linetype 1 linewidth 0.6 linecolor rgb '#dddddd'
set title offset 0,0.3 textcolor rgb '#222222'
set xlabel textcolor rgb '#333333'
set ylabel textcolor rgb '#333333'
set title offset 0,-0.4
set title 'unit 1' noenhanced
set xrange [0.0:1.0]
set yrange [0.0:1.0]
set palette defined (0 '#004A74', 1 '#0072B2', 2 '#80B9D9', 3 '#F7F7F7', 4 '#EAAF80', 5 '#D55E00', 6 '#8A3D00')
set cbrange [-1.0:1.0]
unset key
plot $field1 matrix using (0.0+($1+0.5)*0.3333333333333333):(0.0+($2+0.5)*0.5):3 with image notitle
reset
$field2 << EOD
-1.0 0.0 1.0
0.0 0.5 2.0
EOD
set border 3 linewidth 1 linecolor rgb '#555555'
set tics nomirror out scale 0.6 textcolor rgb '#333333'
set grid back linetype 1 linewidth 0.6 linecolor rgb '#dddddd'
set title offset 0,0.3 textcolor rgb '#222222'
set xlabel textcolor rgb '#333333'
set ylabel textcolor rgb '#333333'
set title offset 0,-0.4
set title 'unit 2' noenhanced
set xrange [0.0:1.0]
set yrange [0.0:1.0]
set palette defined (0 '#004A74', 1 '#0072B2', 2 '#80B9D9', 3 '#F7F7F7', 4 '#EAAF80', 5 '#D55E00', 6 '#8A3D00')
set cbrange [-2.0:2.0]
unset key
plot $field2 matrix using (0.0+($1+0.5)*0.3333333333333333):(0.0+($2+0.5)*0.5):3 with image notitle
unset multiplot
